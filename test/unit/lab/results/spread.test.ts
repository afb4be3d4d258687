import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberText, rangeText, spreadOf, spreadText, type Unit } from '../../../../extension/lab/results/index.ts';

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

describe('numbers in words', () => {
  it.each<[number, Unit, string]>([
    [0.1123, 'share', '11 %'],
    [0.0412, 'share', '4.1 %'],
    [0.04, 'share', '4 %'],
    [0.0004, 'share', '0.04 %'],
    [0, 'share', '0 %'],
    [1, 'share', '100 %'],
    [0.02134, 'number', '0.021'],
    [1.5, 'number', '1.5'],
    [123.4, 'number', '123'],
    [3e-9, 'number', '3.0e-9'],
    [12345, 'number', '1.2e4'],
    [0, 'number', '0'],
    [Number.NaN, 'number', '–'],
    [Number.POSITIVE_INFINITY, 'number', '∞'],
    [Math.PI / 6, 'angle', '30.0°'],
  ])('%d as a %s is %s', (value, unit, text) => {
    expect(numberText(value, unit)).toBe(text);
  });

  it.each<[number, number | null, Unit, string]>([
    [0.1132, 0.0131, 'share', '11 % ± 1'],
    [0.042, 0.0118, 'share', '4.2 % ± 1.2'],
    [0.3, 0.004, 'share', '30.0 % ± 0.4'],
    [0.3, null, 'share', '30 %'],
    [0.3, 0, 'share', '30 % ± 0'],
    [1.1583, 0.1423, 'number', '1.16 ± 0.14'],
    [0.2413, 0.0912, 'number', '0.24 ± 0.09'],
    [12.4, 3.2, 'number', '12 ± 3'],
    [2e-5, 6e-5, 'number', '2.0e-5 ± 6.0e-5'],
    [9e182, 3e182, 'number', '9.0e182 ± 3.0e182'],
    [0.2, 0.05, 'angle', '11.5° ± 2.9'],
  ])('%d and %d as a %s are %s', (mean, deviation, unit, text) => {
    expect(spreadText({ mean, deviation, min: mean, max: mean, n: deviation === null ? 1 : 8 }, unit)).toBe(text);
  });

  it('are a dash where there is none, and a range where there are several', () => {
    expect(spreadText(null, 'share')).toBe('–');
    expect(rangeText(0.09, 0.3, 'share')).toBe('9–30 %');
    expect(rangeText(0.3001, 0.3, 'share')).toBe('30 %');
  });
});
