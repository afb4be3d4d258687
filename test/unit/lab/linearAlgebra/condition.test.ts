import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import {
  conditionNumber,
  diagonalCondition,
  fullRankCondition,
} from '../../../../extension/lab/linearAlgebra/condition.ts';
import { Tridiagonal } from '../../../../extension/lab/linearAlgebra/tridiagonal.ts';
import { required } from '../../required.ts';
import { gaussianRows, lcg } from '../trained.ts';

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

  it('of a diagonal, a full and a singular matrix', () => {
    expect(diagonalCondition(Float64Array.of(4, 2, 0.5))).toBe(8);
    expect(diagonalCondition(new Float64Array(3))).toBeNull();
    const rotation = new Matrix(gaussianRows(5, 6, 6));
    const q = new EigenvalueDecomposition(rotation.mmul(rotation.transpose()), { assumeSymmetric: true })
      .eigenvectorMatrix;
    const made = (values: number[]) => Float64Array.from(q.mmul(Matrix.diag(values)).mmul(q.transpose()).to1DArray());
    expect(conditionNumber(made([1, 2, 3, 4, 5, 1e6]), 6)).toBeCloseTo(1e6, 2);
    expect(conditionNumber(made([0, 2, 3, 4, 5, 80]), 6)).toBeNull();
    expect(conditionNumber(Float64Array.of(1, Number.NaN, Number.NaN, 1), 2)).toBeNull();
  });

  it('of a large matrix, without factoring it', () => {
    // 5 + 2 and −1 beside it: the eigenvalues are 7 − 2 cos(kπ / 1201).
    const n = 1200;
    const a = new Float64Array(n * n);
    for (let i = 0; i < n; i++) for (const j of [i - 1, i, i + 1]) if (j >= 0 && j < n) a[i * n + j] = i === j ? 7 : -1;
    expect(Math.abs(required(conditionNumber(a, n)) / (9 / 5) - 1)).toBeLessThan(0.01);
  });

  it('from the eigenvalues of a tridiagonal matrix', () => {
    // 2 and −1: the eigenvalues are 2 − 2 cos(kπ / 11).
    const t = new Tridiagonal(10);
    for (let i = 0; i < 12; i++) t.add(2, -1);
    const { least, largest } = t.extremes() ?? { least: 0, largest: 0 };
    expect(Math.abs(least - (2 - 2 * Math.cos(Math.PI / 11)))).toBeLessThan(1e-12);
    expect(Math.abs(largest - (2 + 2 * Math.cos(Math.PI / 11)))).toBeLessThan(1e-12);
    t.clear();
    expect(t.extremes()).toBeNull();
  });
});
