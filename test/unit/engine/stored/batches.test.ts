import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Batches } from '../../../../extension/engine/stored/batches.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('writes at once what comes alone', async () => {
  const flush = vi.fn();
  const batches = new Batches(flush);
  await batches.done();
  expect(flush).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1000);
  await batches.done();
  expect(flush).toHaveBeenCalledTimes(2);
});

it('puts together what comes in quick succession, and acknowledges it only when it is written', async () => {
  const flush = vi.fn();
  const batches = new Batches(flush);
  let acknowledged = 0;
  for (let i = 0; i < 100; i++) {
    void batches.done().then(() => {
      acknowledged++;
    });
    await vi.advanceTimersByTimeAsync(1);
  }
  await vi.advanceTimersByTimeAsync(20);
  expect(acknowledged).toBe(100);
  // One for about every ten.
  expect(flush.mock.calls.length).toBeLessThan(15);
  expect(flush.mock.calls.length).toBeGreaterThan(5);
  const count = flush.mock.calls.length;
  let late = false;
  void batches.done().then(() => {
    late = true;
  });
  await vi.advanceTimersByTimeAsync(0);
  expect(late).toBe(flush.mock.calls.length > count);
});
