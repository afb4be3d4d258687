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
    left: new RotatedRows(space, vectors.left, n),
    right: new RotatedRows(space, vectors.right, n),
  });
  const { diagonal } = form;
  const order = descending(diagonal);
  return {
    values: Float64Array.from(order, (k) => diagonal[k]),
    left: space.taken(vectors.left, order),
    right: space.taken(vectors.right, order),
  };
}

/** Of a matrix [m, n]. */
export interface RightSingularVectors {
  /** In descending order, [n]: zeros behind the first m. */
  values: Float64Array;
  /** As rows, [n, n]: a basis of the whole space, whatever the rank. */
  vectors: Float64Array;
}

/**
 * The right singular vectors alone, in half the time of {@link singularValueDecomposition}.
 * @param matrix row-major [m, n]
 * @param into where the vectors are written, if not to new memory: [n, n]
 * @throws Error for numbers that are not finite
 */
export function rightSingularVectors(
  matrix: Float64Array,
  m: number,
  n: number,
  into?: Float64Array,
): RightSingularVectors {
  requireFinite(matrix);
  // A tall matrix is reduced as it is, a wide one as its transpose: then the left reflections span the whole space.
  const isWide = m < n;
  const [tall, rows, count] = isWide ? [transpose(matrix, m, n), n, m] : [matrix, m, n];
  const [leftCount, rightCount] = isWide ? [count, 1] : [1, count];
  const shapes: [number, number][] = [
    [rows, count],
    [1, count],
    [leftCount, rows],
    [rightCount, count],
    [n, n],
  ];
  const space = new Workspace([...shapes, ...rotationsOf(count)], 'fused');
  const a = space.copy(tall, rows, count);
  const product = space.rows(1, count);
  const reflections = { left: space.rows(leftCount, rows), right: space.rows(rightCount, count) };
  const vectors = space.rows(n, n);
  const { diagonal, above } = bidiagonalForm(space, { a, product, ...reflections });
  accumulate(space, isWide ? reflections.left : reflections.right, vectors);
  const rotated = new RotatedRows(space, vectors, count);
  bidiagonalQr({ diagonal, above }, isWide ? { left: rotated, right: null } : { left: null, right: rotated });
  const values = new Float64Array(n);
  values.set(diagonal);
  const order = descending(values);
  return { values: Float64Array.from(order, (k) => values[k]), vectors: space.taken(vectors, order, into) };
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
  bidiagonalQr(form, { left: null, right: null });
  return form.diagonal.sort().reverse();
}

/** Positions of the largest value, the next one, and so on. */
const descending = (values: Float64Array) => Array.from(values.keys()).sort((i, j) => values[j] - values[i] || i - j);

function requireFinite(matrix: Float64Array): void {
  for (let i = 0; i < matrix.length; i++) {
    if (!Number.isFinite(matrix[i])) throw new Error('a matrix to be decomposed has numbers that are not finite');
  }
}
