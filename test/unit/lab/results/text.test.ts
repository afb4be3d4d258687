import { describe, expect, it } from 'vitest';
import { numberText, rangeText, spreadText, type Unit } from '../../../../extension/lab/results/index.ts';

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
