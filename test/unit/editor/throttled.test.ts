import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { throttled } from '../../../extension/editor/throttled.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it.each([false, true])(
  'calls once for several requests, and again for those that come later (prompt: %s)',
  (isPrompt) => {
    let calls = 0;
    const action = throttled(100, () => calls++, isPrompt);
    for (let i = 0; i < 3; i++) action.call();
    vi.advanceTimersByTime(100);
    expect(calls).toBe(1);
    action.call();
    vi.advanceTimersByTime(100);
    expect(calls).toBe(2);
  },
);

it('calls at once where that is asked for and the last call is longer ago', () => {
  let calls = 0;
  const prompt = throttled(100, () => calls++, true);
  prompt.call();
  vi.advanceTimersByTime(1);
  expect(calls).toBe(1);
  prompt.call();
  vi.advanceTimersByTime(50);
  expect(calls).toBe(1);
  vi.advanceTimersByTime(51);
  expect(calls).toBe(2);
});

it('does not count a call that had nothing to do', () => {
  const results = [true, false, false, true, true];
  const times: number[] = [];
  const prompt = throttled(
    100,
    () => {
      times.push(Date.now());
      return results.shift();
    },
    true,
  );
  const began = Date.now();
  for (const pause of [1, 120, 5, 5, 100]) {
    prompt.call();
    vi.advanceTimersByTime(pause);
  }
  // The second waits for the first, the third and the fourth for nobody, the fifth for the fourth.
  expect(times.map((time) => time - began)).toEqual([0, 100, 121, 126, 226]);
});

it('rests from a call that took its time, even if it had nothing to do', () => {
  const times: number[] = [];
  const prompt = throttled(
    100,
    () => {
      times.push(Date.now());
      vi.advanceTimersByTime(20);
      return false;
    },
    true,
  );
  const began = Date.now();
  prompt.call();
  vi.advanceTimersByTime(1);
  prompt.call();
  vi.advanceTimersByTime(1000);
  expect(times.map((time) => time - began)).toEqual([0, 220]);
});
