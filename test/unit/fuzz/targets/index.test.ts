import { expect, it } from 'vitest';
import { targets } from '../../../fuzz/targets/index.ts';

/** Altogether; programs have a test of their own. */
const CASES = 6000;

it('shares out all inputs', () => {
  expect(targets.reduce((sum, { share }) => sum + share, 0)).toBe(100);
});

it.each(targets.filter(({ name }) => name !== 'programs').map((target) => [target.name, target] as const))(
  '%s: right, or refused with a message',
  (_, target) => {
    const { right, refused, fault } = target.check((CASES * target.share) / 100);
    expect(fault).toBe(null);
    expect(right + refused).toBeGreaterThanOrEqual((CASES * target.share) / 100);
    // Whole inputs are not refused, and damage does not make every input worthless.
    expect(right).toBeGreaterThan(0);
  },
  120_000,
);
