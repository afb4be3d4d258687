import { describe, expect, it } from 'vitest';
import { effectiveRank, norms } from '../../../../extension/lab/metrics/norms.ts';

describe('norms', () => {
  it('of vectors and matrices', () => {
    expect(norms(Float64Array.of(3, -4), [2])).toEqual({ l1: 7, l2: 5, max: 4 });
    const diagonal = norms(Float64Array.of(3, 0, 0, 0, 4, 0), [2, 3]);
    expect(diagonal.nuclear).toBeCloseTo(7, 12);
    expect(diagonal.spectral).toBeCloseTo(4, 12);
    expect(diagonal.frobenius).toBeCloseTo(5, 12);
    expect(effectiveRank([1, 1, 1, 0])).toBeCloseTo(3, 12);
    expect(effectiveRank([5, 0])).toBeCloseTo(1, 12);
  });
});
