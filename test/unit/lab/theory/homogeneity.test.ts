import { describe, expect, it } from 'vitest';
import { homogeneousDegree } from '../../../../extension/lab/theory/homogeneity.ts';

describe('the degree of homogeneity', () => {
  const theta = Float64Array.of(0.3, -1.2, 0.7);

  it.each([
    ['a product', 3, (t: Float64Array) => Float64Array.of(t[0] * t[1] * t[2])],
    ['a square', 2, (t: Float64Array) => Float64Array.of(t[0] * t[0] - t[1] * t[2], t[2] * t[1])],
    ['a kink', 1, (t: Float64Array) => t.map((x) => Math.max(0, x))],
    ['a root', 0.5, (t: Float64Array) => t.map((x) => Math.sign(x) * Math.sqrt(Math.abs(x)))],
  ])('is that of %s: %d', (_name, degree, f) => {
    expect(homogeneousDegree(f, theta)).toBeCloseTo(degree, 12);
  });

  it.each([
    ['a sum of degrees', (t: Float64Array) => Float64Array.of(t[0] * t[1] + t[2])],
    ['entries of two degrees', (t: Float64Array) => Float64Array.of(t[0] * t[1], t[2])],
    ['a saturating function', (t: Float64Array) => t.map(Math.tanh)],
    ['a direction', (t: Float64Array) => t.map((x) => x / Math.hypot(...t))],
    ['nothing', (t: Float64Array) => t.map(() => 0)],
    ['what is not finite', (t: Float64Array) => t.map(() => Number.NaN)],
  ])('is not there for %s', (_name, f) => {
    expect(homogeneousDegree(f, theta)).toBeNull();
  });
});
