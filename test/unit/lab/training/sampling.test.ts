import { describe, expect, it } from 'vitest';
import { sampleSteps } from '../../../../extension/lab/training/sampling.ts';

describe('sample steps', () => {
  it('are all steps of a short run, and at most 200 of a long one, dense at first', () => {
    expect(sampleSteps(3)).toEqual([0, 1, 2, 3]);
    const long = sampleSteps(1_000_000);
    expect(long.length).toBeLessThanOrEqual(200);
    expect(long.length).toBeGreaterThan(150);
    expect([long[0], long[1], long.at(-1)]).toEqual([0, 1, 1_000_000]);
    expect(long.every((step, i) => i === 0 || step > long[i - 1])).toBe(true);
  });
});
