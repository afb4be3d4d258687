import { describe, expect, it } from 'vitest';
import * as format from '../../../webview/format.ts';

/** With plain spaces, so that the expectations can be read. */
const plain = (text: string) => text.replace(/\u202f/g, ' ');

describe('numbers', () => {
  it.each([
    [0, '0'],
    [0.04123, '0.0412'],
    [-1.5, '−1.5'],
    [1240, '1 240'],
    [1234567, '1.2·10⁶'],
    [3.21e-7, '3.2·10⁻⁷'],
    [1e-12, '10⁻¹²'],
    [Number.NaN, '–'],
    [null, '–'],
  ])('%s is written %s', (value, text) => expect(plain(format.number(value))).toBe(text));

  it.each([
    [0.1132, '11 %'],
    [0.0051, '0.5 %'],
    [0.0999, '10 %'],
    [1, '100 %'],
    [null, '–'],
  ])('the share %s is written %s', (value, text) => expect(plain(format.percent(value))).toBe(text));
});

describe('labels of logarithmic axes', () => {
  it.each([
    [1e-3, '10⁻³'],
    [1e6, '10⁶'],
    [0.01, '0.01'],
    [1, '1'],
    [3e-3, '0.003'],
  ])('%s is written %s', (value, text) => expect(format.power(value)).toBe(text));
});

describe('mean and spread', () => {
  const spread = (mean: number, deviation: number, n = 8) => {
    return { mean, deviation: n > 1 ? deviation : null, n, min: mean, max: mean };
  };
  it.each([
    [spread(0.1132, 0.0131), 'error rate', '11 % ± 1'],
    [spread(0.042, 0.0118), 'error rate', '4.2 % ± 1.2'],
    [spread(0.3, 0.004), 'error rate', '30.0 % ± 0.4'],
    [spread(0.3, 0.1, 1), 'error rate', '30 %'],
    [spread(0, 0), 'error rate', '0 % ± 0'],
    [spread(1.1583, 0.1423), 'RMSE', '1.16 ± 0.14'],
    [spread(0.2413, 0.0912), 'RMSE', '0.24 ± 0.09'],
    [spread(12.4, 3.2), 'RMSE', '12 ± 3'],
    [spread(0.123456, 1e-9), 'RMSE', '0.12 ± 10⁻⁹'],
    [spread(-3.21e-7, 2e-8), 'RMSE', '−3.2·10⁻⁷ ± 2·10⁻⁸'],
  ] as const)('%o in %s is written %s', (value, name, text) =>
    expect(plain(format.errorSpread(value, name))).toBe(text),
  );

  it('is a dash where there is none', () => expect(format.errorSpread(null, 'RMSE')).toBe('–'));
});

describe('times', () => {
  it.each([
    [0.42, '0.4 s'],
    [9.97, '10 s'],
    [59.9, '59 s'],
    [60, '1 min'],
    [185, '3 min 5 s'],
  ])('%s seconds are written %s', (value, text) => expect(plain(format.duration(value))).toBe(text));

  it('says how long ago', () => {
    expect(format.ago(10_000)).toBe('just now');
    expect(plain(format.ago(130_000))).toBe('2 min ago');
    expect(plain(format.ago(3 * 3_600_000))).toBe('3 h ago');
    expect(format.ago(25 * 3_600_000)).toBe('1 day ago');
  });

  it('counts with a noun', () => {
    expect(format.count(1, 'seed')).toBe('1 seed');
    expect(plain(format.count(1500, 'step'))).toBe('1 500 steps');
  });
});
