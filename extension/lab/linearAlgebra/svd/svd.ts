/**
 * The singular value decomposition, on contiguous rows: of the accuracy of LINPACK's, each singular value to rounding
 * errors of the largest.
 */
import { transpose } from '../dense.ts';
import { accumulated, bidiagonalForm } from './bidiagonalForm.ts';
import { bidiagonalQr } from './bidiagonalQr.ts';

/** Of a matrix [m, n], with q = min(m, n). */
export interface Svd {
  /** In descending order, [q]. */
  values: Float64Array;
  /** Left singular vectors as columns, row-major [m, q]. */
  left: Float64Array;
  /** Right singular vectors as columns, row-major [n, q]. */
  right: Float64Array;
}

/**
 * @param a row-major [m, n]
 * @throws Error for numbers that are not finite
 */
export function singularValueDecomposition(a: Float64Array, m: number, n: number): Svd {
  if (m < n) {
    const { values, left, right } = singularValueDecomposition(transpose(a, m, n), n, m);
    return { values, left: right, right: left };
  }
  const form = bidiagonalForm(finite(a), m, n);
  const left = transpose(accumulated(form.left, n, m), n, m);
  const right = transpose(accumulated(form.right, n, n), n, n);
  return { values: bidiagonalQr(form, { left, right }), left, right };
}

/**
 * The singular values alone, in descending order.
 * @param a row-major [m, n]
 * @throws Error for numbers that are not finite
 */
export function singularValuesOf(a: Float64Array, m: number, n: number): Float64Array {
  if (m < n) return singularValuesOf(transpose(a, m, n), n, m);
  return bidiagonalQr(bidiagonalForm(finite(a), m, n), null);
}

/** A copy. */
function finite(a: Float64Array): Float64Array {
  if (!a.every(Number.isFinite)) throw new Error('a matrix to be decomposed has numbers that are not finite');
  return a.slice();
}
