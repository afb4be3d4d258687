/** Norms of a predictor. */
import { singularValuesOf } from '../linearAlgebra/svd/svd.ts';
import { norm } from '../linearAlgebra/vectors.ts';

/** `l1 l2 max` of a vector; `frobenius nuclear spectral effectiveRank` of a matrix (row-major, of the given shape). */
export function norms(predictor: Float64Array, shape: readonly number[]): Record<string, number> {
  if (shape.length === 1) {
    let [l1, max] = [0, 0];
    for (const x of predictor) {
      l1 += Math.abs(x);
      max = Math.max(max, Math.abs(x));
    }
    return { l1, l2: norm(predictor), max };
  }
  const values = singularValues(predictor, shape);
  return {
    frobenius: norm(values),
    nuclear: values.reduce((sum, s) => sum + s, 0),
    spectral: values[0] ?? 0,
    effectiveRank: effectiveRank(values),
  };
}

/** In descending order. */
export function singularValues(matrix: Float64Array, [rows, columns]: readonly number[]): number[] {
  if (!matrix.every(Number.isFinite)) return new Array(Math.min(rows, columns)).fill(Number.NaN);
  return [...singularValuesOf(matrix, rows, columns)];
}

/** exp of the entropy of the normalized singular values (Roy and Vetterli 2007). */
export function effectiveRank(values: readonly number[]): number {
  const total = values.reduce((sum, s) => sum + s, 0);
  let entropy = 0;
  for (const s of values) if (s > 0) entropy -= (s / total) * Math.log(s / total);
  return total > 0 ? Math.exp(entropy) : total === 0 ? 0 : Number.NaN;
}
