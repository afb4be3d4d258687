import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import { CompleteOrthogonal } from '../linearAlgebra/completeOrthogonal.ts';
import type { NuclearNormFit } from './leastNuclearNorm.ts';

/** Singular values of a certificate within this distance of 1 count as 1. */
const ACTIVE = 1e-3;
/** Relative cutoff for singular values of the map. */
const RANK = 1e-6;

/**
 * Whether the minimum-nuclear-norm completion is unique. All minimizers share the certificate Λ, so that they have the
 * form U S Vᵀ with S symmetric, where U and V are the singular vectors of Λ for singular value 1 (Watson 1992, on the
 * subdifferential of the norm). The minimizer is unique if 0 is the only such matrix that vanishes on all observed
 * entries.
 * @param observed row-major positions
 */
export function isOnlyMinimizer(
  { certificate }: NuclearNormFit,
  rows: number,
  columns: number,
  observed: Int32Array,
): boolean {
  const svd = new SingularValueDecomposition(Matrix.from1DArray(rows, columns, certificate), { autoTranspose: true });
  const { leftSingularVectors: u, rightSingularVectors: v, diagonal } = svd;
  const rank = diagonal.filter((value) => value > 1 - ACTIVE).length;
  const pairs = Array.from({ length: rank }, (_, a) => Array.from({ length: a + 1 }, (__, b) => [a, b])).flat();
  if (pairs.length === 0 || pairs.length > observed.length) return false;
  const map = new Float64Array(observed.length * pairs.length);
  observed.forEach((position, at) => {
    const [i, j] = [Math.floor(position / columns), position % columns];
    pairs.forEach(([a, b], k) => {
      const value = u.get(i, a) * v.get(j, b);
      map[at * pairs.length + k] = a === b ? value : value + u.get(i, b) * v.get(j, a);
    });
  });
  return new CompleteOrthogonal(map, observed.length, pairs.length, RANK).rank === pairs.length;
}
