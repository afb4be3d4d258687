import { describe, expect, it } from 'vitest';
import { sampledSteps, sampleSteps } from '../../../../extension/lab/training/sampling.ts';

describe('sample steps', () => {
  it('are all steps of a short run, and at most 200 of a long one, dense at first', () => {
    expect(sampleSteps(3)).toEqual([0, 1, 2, 3]);
    const long = sampleSteps(1_000_000);
    expect(long.length).toBeLessThanOrEqual(200);
    expect(long.length).toBeGreaterThan(150);
    expect([long[0], long[1], long.at(-1)]).toEqual([0, 1, 1_000_000]);
    expect(long.every((step, i) => i === 0 || step > long[i - 1])).toBe(true);
  });

  it('are fewer for larger models, and a part of those of smaller ones', () => {
    for (const steps of [40, 300, 5000]) {
      const [small, large, veryLarge] = [4095, 4096, 65_536].map((parameters) => sampledSteps(steps, parameters));
      expect(small).toEqual(expect.arrayContaining(large));
      expect(large).toEqual(expect.arrayContaining(veryLarge));
      for (const samples of [small, large, veryLarge]) expect(samples.at(-1)).toBe(steps);
    }
    expect([4095, 4096, 65_536].map((parameters) => sampledSteps(40, parameters).length)).toEqual([41, 41, 21]);
  });
});
