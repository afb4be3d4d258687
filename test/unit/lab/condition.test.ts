import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { fullRankCondition } from '../../../extension/lab/linearAlgebra/condition.ts';
import { lcg } from './training.ts';

describe('condition numbers', () => {
  it.each([
    [2, 3],
    [10, 12],
    [40, 41],
    [60, 240],
  ])('of %i × %i Gram matrices are those of the eigenvalues', (n, columns) => {
    const root = Matrix.from1DArray(
      n,
      columns,
      Float64Array.from(lcg(31 * n, n * columns), (x) => x - 0.5),
    );
    const gram = root.mmul(root.transpose());
    const { realEigenvalues } = new EigenvalueDecomposition(gram, { assumeSymmetric: true });
    const expected = Math.max(...realEigenvalues) / Math.min(...realEigenvalues);
    const measured = fullRankCondition(Float64Array.from(gram.to1DArray()));
    expect(measured / expected).toBeGreaterThan(0.9);
    expect(measured / expected).toBeLessThan(1 + 1e-9);
  });

  it('are infinite where the matrix is singular or not finite', () => {
    expect(fullRankCondition(Float64Array.of(2, 0, 0, 0.5))).toBeCloseTo(4, 2);
    expect(fullRankCondition(Float64Array.of(1, 1, 1, 1))).toBe(Number.POSITIVE_INFINITY);
    expect(fullRankCondition(Float64Array.of(1, 0, 0, -1))).toBe(Number.POSITIVE_INFINITY);
    expect(fullRankCondition(Float64Array.of(1, 0, 0, Number.NaN))).toBe(Number.POSITIVE_INFINITY);
    expect(fullRankCondition(Float64Array.of(1, Number.NaN, Number.NaN, 1))).toBe(Number.POSITIVE_INFINITY);
  });
});
