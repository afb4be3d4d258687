import { describe, expect, it } from 'vitest';
import { readAt } from './reading.ts';

describe('what the user writes keeps the sign of a zero', () => {
  it.each([
    'Math.expm1(-0 * u)',
    'Math.log1p(-u * 0)',
    'Math.min(u * 0, -0)',
    'Math.max(-0 * u, 0)',
    '-0 * u',
    'u * 0 + -0',
    '0 + -0 * u',
    '0 - u * 0',
    '-0 - u * 0',
    'u * -0 - 0',
    '(u - u) % 1',
    '(-u + u) * -1',
    'Math.round(-0.2 * u)',
    'Math.trunc(-0.2 * u)',
    'Math.sign(-0 * u)',
    'Math.atan2(-0 * u, 1)',
    'Math.sqrt(-0 * u)',
    'Math.abs(-0 * u)',
    '(-0 * u) ** 3',
    '-(u - u)',
    '-u % u',
  ])('1 / (%s)', (text) => {
    const f = new Function(`return ({ u }) => 1 / (${text})`)();
    expect(readAt(f, 1).value).toBe(f({ u: 1 }));
    expect(readAt(f, 2).value).toBe(f({ u: 2 }));
  });
});
