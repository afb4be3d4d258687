import { describe, expect, it } from 'vitest';
import { sampleTimes } from '../../../../../extension/lab/training/flow/times.ts';

describe('sample times', () => {
  it('begin at 0, end at the end, and ascend, evenly in the logarithm later', () => {
    const times = sampleTimes(40);
    expect(times[0]).toBe(0);
    expect(times.at(-1)).toBe(40);
    expect(times).toHaveLength(200);
    expect(times.every((time, k) => k === 0 || time > times[k - 1])).toBe(true);
    expect(times[199] / times[198]).toBeCloseTo(times[150] / times[149], 2);
  });
});
