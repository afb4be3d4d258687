/** The singular value decomposition: each singular value is right to rounding errors of the largest. */
import { transpose } from '../dense.ts';
import { accumulate, bidiagonalForm } from './bidiagonalForm.ts';
import { bidiagonalQr } from './bidiagonalQr.ts';
import { RotatedRows, rotationsOf } from './rotatedRows.ts';
import { type Rows, Workspace } from './workspace.ts';

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
  const values = bidiagonalQr(form, {
    left: new RotatedRows(space, vectors.left),
    right: new RotatedRows(space, vectors.right),
  });
  return { values, left: columnsOf(space, vectors.left), right: columnsOf(space, vectors.right) };
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
  return bidiagonalQr(bidiagonalForm(space, { a, product, left, right }), null);
}

function requireFinite(matrix: Float64Array): void {
  if (!matrix.every(Number.isFinite)) throw new Error('a matrix to be decomposed has numbers that are not finite');
}

/** Rows [count, length] as columns, row-major [length, count]. */
function columnsOf(space: Workspace, rows: Rows): Float64Array {
  const { count, length } = rows;
  const columns = new Float64Array(count * length);
  for (let k = 0; k < count; k++) {
    const row = space.row(rows, k);
    for (let i = 0; i < length; i++) columns[i * count + k] = row[i];
  }
  return columns;
}
