import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { relativeDistance } from '../../../../extension/lab/theory/compare.ts';
import { leastNuclearNorm } from '../../../../extension/lab/theory/leastNuclearNorm.ts';
import { gaussianRows } from '../trained.ts';

const singularValuesOf = (w: Float64Array, rows: number, columns: number) =>
  new SingularValueDecomposition(Matrix.from1DArray(rows, columns, w), { autoTranspose: true }).diagonal;

/** A random matrix of low rank and some of its positions. */
function completion(seed: number, rows: number, columns: number, rank: number, count: number) {
  const left = new Matrix(gaussianRows(seed, rows, rank));
  const right = new Matrix(gaussianRows(seed + 1, rank, columns));
  const truth = Float64Array.from(left.mmul(right).to1DArray());
  const order = gaussianRows(seed + 2, 1, rows * columns)[0];
  const observed = Int32Array.from(order.keys())
    .sort((a, b) => order[a] - order[b])
    .slice(0, count)
    .sort();
  return { truth, observed, values: Float64Array.from(observed, (i) => truth[i]) };
}

describe('the completion of least nuclear norm', () => {
  it.each([
    [1, 10, 10, 1, 60],
    [2, 12, 8, 8, 50],
    [3, 7, 15, 2, 60],
    [4, 30, 30, 2, 360],
  ])('is proven by its certificate (seed %d: %d × %d of rank %d, %d seen)', (seed, rows, columns, rank, count) => {
    const { observed, values } = completion(10 * seed, rows, columns, rank, count);
    const fit = leastNuclearNorm(rows, columns, observed, values, { gap: 1e-7, iterations: 2000 });
    expect(fit.gap).toBeLessThan(1e-6);
    observed.forEach((position, i) => {
      expect(fit.w[position]).toBe(values[i]);
    });
    // Weak duality, from the certificate itself: ⟨Λ, W⟩ ≤ ‖Λ‖₂ ‖W‖_* for every completion W.
    const seen = new Set(observed);
    fit.certificate.forEach((value, i) => {
      if (!seen.has(i)) expect(value).toBe(0);
    });
    expect(singularValuesOf(fit.certificate, rows, columns)[0]).toBeLessThan(1 + 1e-12);
    const norm = singularValuesOf(fit.w, rows, columns).reduce((sum, s) => sum + s, 0);
    expect(fit.nuclearNorm / norm).toBeCloseTo(1, 12);
    const bound = values.reduce((sum, value, i) => sum + value * fit.certificate[observed[i]], 0);
    expect(1 - bound / norm).toBeLessThan(1e-6);
    expect(1 - bound / norm).toBeGreaterThan(-1e-12);
  });

  it('is the truth where enough of a matrix of low rank is seen', () => {
    const { truth, observed, values } = completion(7, 20, 20, 1, 240);
    expect(relativeDistance(leastNuclearNorm(20, 20, observed, values).w, truth)).toBeLessThan(1e-7);
  });

  it('is known in closed form for 2 × 2: the missing corner of (1 b; c ?) is bc for |bc| < 1, else ±1', () => {
    for (const [b, c, corner] of [
      [0.5, 0.5, 0.25],
      [-0.5, 1.2, -0.6],
      [2, 3, 1],
      [-2, 3, -1],
    ]) {
      const { w } = leastNuclearNorm(2, 2, Int32Array.of(0, 1, 2), Float64Array.of(1, b, c));
      expect(w[3]).toBeCloseTo(corner, 4);
    }
  });

  it('of nothing but zeros is 0, and of everything seen is that', () => {
    expect(leastNuclearNorm(2, 2, Int32Array.of(1), Float64Array.of(0))).toMatchObject({
      w: new Float64Array(4),
      nuclearNorm: 0,
      gap: 0,
    });
    const all = Float64Array.of(1, 2, 3, 4);
    expect(leastNuclearNorm(2, 2, Int32Array.of(0, 1, 2, 3), all).w).toEqual(all);
  });
});
