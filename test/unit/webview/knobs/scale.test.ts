import { expect, it } from 'vitest';
import { PLACES, placeOf, valueAt } from '../../../../webview/knobs/scale.ts';

const rate = { least: 0.0005, most: 5, scale: 'log', isWhole: false } as const;
const count = { least: 1, most: 12, scale: 'linear', isWhole: true } as const;

it('gives equal ratios equal ways on a logarithmic scale', () => {
  expect(placeOf(0.05, rate)).toBeCloseTo(PLACES / 2, 9);
  expect(valueAt(PLACES / 2, rate)).toBeCloseTo(0.05, 12);
  expect(placeOf(0.5, rate) - placeOf(0.05, rate)).toBeCloseTo(placeOf(5, rate) - placeOf(0.5, rate), 9);
});

it('has a place for each of few whole numbers', () => {
  for (const value of [1, 5, 12]) expect(valueAt(placeOf(value, count), count)).toBe(value);
});

it('gives whole numbers where only these are taken', () => {
  expect(valueAt(333, { least: 100, most: 10_000, scale: 'log', isWhole: true })).toBe(463);
});

it('puts what is beyond the range at its ends', () => {
  expect(placeOf(50, rate)).toBe(PLACES);
  expect(placeOf(1e-9, rate)).toBe(0);
});
