import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import { CompleteOrthogonal } from '../linearAlgebra/completeOrthogonal.ts';
import type { NuclearNormFit } from './leastNuclearNorm.ts';

/** Singular values of a certificate this close to 1 belong to directions that a minimizer may use. */
const ACTIVE = 1e-3;
/** Singular values of the map below this share leave a direction along which the norm does not change. */
const RANK = 1e-6;

/**
 * Whether a completion of least nuclear norm is the only one. All of them share the certificate Λ, so that they are of
 * the form U S Vᵀ with S symmetric, U and V being Λ's singular vectors to singular values of 1 (Watson 1992, on the
 * subdifferential of the norm): there is one if no such matrix but 0 vanishes on all observed entries.
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
