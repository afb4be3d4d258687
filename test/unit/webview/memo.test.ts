import { expect, it, vi } from 'vitest';
import { memoized } from '../../../webview/memo.ts';

it('computes once for the same objects and settings', () => {
  const compute = vi.fn(
    (items: readonly { n: number }[], factor: number) => items.reduce((sum, { n }) => sum + n, 0) * factor,
  );
  const sum = memoized(compute);
  const [a, b] = [{ n: 1 }, { n: 2 }];
  expect([sum([a, b], 2), sum([a, b], 2), sum([b, a], 2), sum([a, b], 3), sum([a], 2)]).toEqual([6, 6, 6, 9, 2]);
  expect(compute).toHaveBeenCalledTimes(4);
  // An equal object is another one.
  sum([{ n: 1 }, b], 2);
  expect(compute).toHaveBeenCalledTimes(5);
});
