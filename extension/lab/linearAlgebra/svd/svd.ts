/** The singular value decomposition: each singular value is right to rounding errors of the largest. */
import { transpose } from '../dense.ts';
import { Workspace } from '../workspace.ts';
import { accumulate, bidiagonalForm } from './bidiagonalForm.ts';
import { bidiagonalQr } from './bidiagonalQr.ts';
import { RotatedRows, rotationsOf } from './rotatedRows.ts';

/** Of a matrix [m, n], with q = min(m, n). */
export interface Svd {
  /** In descending order, [q]. */
  values: Float64Array;
  /** Left singular vectors as rows, [q, m]. */
  left: Float64Array;
  /** Right singular vectors as rows, [q, n]. */
  right: Float64Array;
}

/**
 * @param matrix row-major [m, n]
 * @throws Error for numbers that are not finite
 */
export function singularValueDecomposition(matrix: Float64Array, m: number, n: number): Svd {
  if (m < n) {
    const { values, left, right } = singularValueDecomposition(transpose(matrix, m, n), n, m);
    return { values, left: right, right: left };
  }
  requireFinite(matrix);
  /** Of the reflections or of the vectors, left and right. */
  const pair: (readonly [number, number])[] = [
    [n, m],
    [n, n],
  ];
  const space = new Workspace([[m, n], [1, n], ...pair, ...pair, ...rotationsOf(n), ...rotationsOf(n)]);
  const a = space.copy(matrix, m, n);
  const product = space.rows(1, n);
  const reflections = { left: space.rows(n, m), right: space.rows(n, n) };
  const vectors = { left: space.rows(n, m), right: space.rows(n, n) };
  const form = bidiagonalForm(space, { a, product, ...reflections });
  accumulate(space, reflections.left, vectors.left);
  accumulate(space, reflections.right, vectors.right);
  bidiagonalQr(form, {
    left: new RotatedRows(space, vectors.left),
    right: new RotatedRows(space, vectors.right),
  });
  const { diagonal } = form;
  const order = Array.from(diagonal.keys()).sort((i, j) => diagonal[j] - diagonal[i] || i - j);
  return {
    values: Float64Array.from(order, (k) => diagonal[k]),
    left: space.taken(vectors.left, order),
    right: space.taken(vectors.right, order),
  };
}

/**
 * The singular values alone, in descending order.
 * @param matrix row-major [m, n]
 * @throws Error for numbers that are not finite
 */
export function singularValuesOf(matrix: Float64Array, m: number, n: number): Float64Array {
  if (m < n) return singularValuesOf(transpose(matrix, m, n), n, m);
  requireFinite(matrix);
  const space = new Workspace([
    [m, n],
    [1, n],
    [1, m],
    [1, n],
  ]);
  const a = space.copy(matrix, m, n);
  const [product, left, right] = [space.rows(1, n), space.rows(1, m), space.rows(1, n)];
  const form = bidiagonalForm(space, { a, product, left, right });
  bidiagonalQr(form, null);
  return form.diagonal.sort().reverse();
}

function requireFinite(matrix: Float64Array): void {
  if (!matrix.every(Number.isFinite)) throw new Error('a matrix to be decomposed has numbers that are not finite');
}
