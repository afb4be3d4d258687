import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Typing } from '../../../extension/editor/typing.ts';

let looks: number[];
let typing: Typing;
let began: number;

beforeEach(() => {
  vi.useFakeTimers();
  looks = [];
  began = performance.now();
  typing = new Typing(() => looks.push(Math.round(performance.now() - began)));
});
afterEach(() => {
  typing.dispose();
  vi.useRealTimers();
});

const edit = (after: number) => {
  vi.advanceTimersByTime(after);
  typing.edited('a');
};

it('looks soon at an edit that stands alone', () => {
  edit(0);
  vi.advanceTimersByTime(1000);
  edit(0);
  vi.advanceTimersByTime(1000);
  expect(looks).toEqual([5, 1005]);
});

it('waits for the end of a burst, unless that goes on', () => {
  edit(0);
  for (let i = 0; i < 10; i++) edit(50);
  vi.advanceTimersByTime(1000);
  expect(looks).toEqual([5, 300, 550]);
});

it('forgets what is dropped, and knows files apart', () => {
  typing.edited('a');
  typing.edited('b');
  typing.drop('a');
  vi.advanceTimersByTime(1000);
  expect(looks).toHaveLength(1);
});
