import { describe, expect, it } from 'vitest';
import { nudged, writtenLike } from '../../../extension/report/notation.ts';

describe('a value in the notation of another', () => {
  it.each([
    [0.0523, '0.05', false, '0.052'],
    [0.5, '0.05', false, '0.50'],
    [0.2, '0.10', false, '0.20'],
    [3.04159, '3.14', false, '3.04'],
    [0.25, '.5', false, '.25'],
    [-0.25, '-.5', false, '-.25'],
    [0.00234, '1e-3', false, '2.3e-3'],
    [0.002, '1E-3', false, '2E-3'],
    [2000, '1e3', false, '2e3'],
    [1234.4, '1_000', true, '1_234'],
    [99.6, '10', true, '100'],
    [0.5, '1', false, '0.5'],
    [3, '1', false, '3'],
    [123.4, '100', false, '123'],
    [0, '0.1', false, '0'],
    [3e-9, '0.1', false, '0.000000003'],
  ])('%s like %s', (value, like, isWhole, text) => {
    expect(writtenLike(value, like, isWhole)).toBe(text);
  });
});

describe('a number nudged', () => {
  it.each([
    ['0.05', 1, '0.06'],
    ['0.09', 1, '0.10'],
    ['0.01', -1, '0.009'],
    ['1e-3', 1, '2e-3'],
    ['9e-3', 1, '1e-2'],
    ['1e-3', -1, '9.0e-4'],
    ['1.5', -1, '1.4'],
    ['.5', 1, '.6'],
    ['1_000.5', 1, '1_000.6'],
  ] as const)('%s by %s', (text, direction, next) => {
    expect(nudged(text, direction, { isWhole: false, least: 0 })).toBe(next);
  });

  it.each([
    ['999', 1, 0, '1000'],
    ['1_000', -1, 0, '999'],
    ['1', -1, 1, '1'],
    ['0', -1, -10, '-1'],
  ] as const)('%s by %s, a whole number of at least %s', (text, direction, least, next) => {
    expect(nudged(text, direction, { isWhole: true, least })).toBe(next);
  });

  it('passes 0 where it may be below', () => {
    expect(nudged('0.1', -1, { isWhole: false, least: Number.NEGATIVE_INFINITY })).toBe('0.0');
  });
});
