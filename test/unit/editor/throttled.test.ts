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
