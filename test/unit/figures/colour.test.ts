import { expect, it } from 'vitest';
import { colourOf } from '../../../extension/figures/colour.ts';

it.each([
  ['#0A76DC', [10, 118, 220, 1]],
  ['#fff', [255, 255, 255, 1]],
  ['#0000', [0, 0, 0, 0]],
  ['#ff000080', [255, 0, 0, 128 / 255]],
  ['rgb(1, 2, 3)', [1, 2, 3, 1]],
  ['rgba(1, 2, 3, 0.25)', [1, 2, 3, 0.25]],
  ['black', [0, 0, 0, 1]],
])('%s is read', (text, [red, green, blue, opacity]) => {
  expect(colourOf(text)).toEqual({ red, green, blue, opacity });
});

it.each(['#12', 'hotpink', 'rgb(1, 2)', 'rgb(a, b, c)'])('%s is refused', (text) => {
  expect(() => colourOf(text)).toThrow(text);
});
