import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spreadOf } from '../../../../extension/lab/results/index.ts';

describe('mean and spread over seeds', () => {
  it('are mean and sample standard deviation', () => {
    expect(spreadOf([1, 2, 3])).toEqual({ mean: 2, deviation: 1, min: 1, max: 3, n: 3 });
    expect(spreadOf([2, 4, 4, 4, 5, 5, 7, 9])?.deviation).toBeCloseTo(Math.sqrt(32 / 7), 14);
  });

  it('have no deviation of one value, and are nothing of none', () => {
    expect(spreadOf([5])).toEqual({ mean: 5, deviation: null, min: 5, max: 5, n: 1 });
    expect(spreadOf([Number.NaN, null, undefined, Number.POSITIVE_INFINITY])).toBeNull();
    expect(spreadOf([1, 2, 3, Number.NaN, null])?.n).toBe(3);
  });

  it('hold for any values', () => {
    // Subnormal numbers have no digits left in which a bound could hold.
    const value = fc
      .double({ noNaN: true, noDefaultInfinity: true, min: -1e300, max: 1e300 })
      .map((x) => (Math.abs(x) < 1e-300 ? 0 : x));
    fc.assert(
      fc.property(fc.array(value, { minLength: 2, maxLength: 20 }), (values) => {
        const { mean, deviation, min, max, n } = spreadOf(values)!;
        expect(n).toBe(values.length);
        expect(min <= mean && mean <= max).toBe(true);
        expect(Number.isFinite(deviation)).toBe(true);
        // The deviation is at most half the range, up to √(n / (n − 1)).
        expect(deviation! / 2).toBeLessThanOrEqual((max / 4 - min / 4) * Math.SQRT2 * (1 + 1e-12));
      }),
    );
  });

  it('of equal values are that value, exactly', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: 2, max: 30 }), (x, n) => {
        expect(spreadOf(new Array(n).fill(x))).toEqual({ mean: x, deviation: 0, min: x, max: x, n });
      }),
    );
  });

  it('take as many values as there are', () => {
    expect(spreadOf(new Float64Array(300_000).fill(2))).toMatchObject({ mean: 2, n: 300_000 });
  });
});
