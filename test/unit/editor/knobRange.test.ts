import { expect, it } from 'vitest';
import { rangeOf } from '../../../extension/editor/knobRange.ts';

const free = { isWhole: false, least: Number.NEGATIVE_INFINITY };
it.each([
  ['a rate', 0.05, { isWhole: false, least: 0 }, { scale: 'log', least: 0.0005, most: 5 }],
  ['a small count', 3, { isWhole: true, least: 1 }, { scale: 'linear', least: 1, most: 12 }],
  ['a large count', 1000, { isWhole: true, least: 1 }, { scale: 'log', least: 100, most: 10_000 }],
  ['a count that may be 0', 0, { isWhole: true, least: 0 }, { scale: 'linear', least: 0, most: 8 }],
  ['a share', 0.9, { isWhole: false, least: 0, below: 1 }, { scale: 'linear', least: 0, most: 0.99 }],
  ['a noise of 0', 0, { isWhole: false, least: 0 }, { scale: 'linear', least: 0, most: 1 }],
  ['a negative constant', -0.5, free, { scale: 'linear', least: -2, most: 2 }],
  ['a negative whole constant', -3, { ...free, isWhole: true }, { scale: 'linear', least: -12, most: 12 }],
])('%s can be turned around what it is, within what its option takes', (_, value, bounds, range) => {
  expect(rangeOf({ value, bounds })).toEqual(range);
});
