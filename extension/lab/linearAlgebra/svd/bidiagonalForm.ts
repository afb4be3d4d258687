/** The bidiagonal form B = Uᵀ A V of a matrix, by Householder reflections (Golub and Kahan 1965). */
import { GROUP } from '../kernels.ts';
import type { Rows, Workspace } from '../workspace.ts';

export interface BidiagonalForm {
  /** The diagonal of B, [n]. */
  diagonal: Float64Array;
  /** The entries above it, [n]; the last is 0. */
  above: Float64Array;
}

/** Reflections I − v vᵀ, one a row; 0 where there is none. */
export interface Reflections {
  /** From the left, [n, m]. */
  left: Rows;
  /** From the right, [n, n]. */
  right: Rows;
}

/** What a form is computed in: rooms of a workspace. */
export interface Rooms extends Reflections {
  /** The matrix [m, n], m ≥ n; overwritten. */
  a: Rows;
  /** [1, n] */
  product: Rows;
}

/**
 * Two passes over the matrix for each column: the products with the next left reflection, and both reflections at once.
 * Kernels take whole groups of rows and pairs of columns: what is done already and changes again is not read any more.
 * @param rooms `left` and `right` may have a single row, if the reflections are not wanted
 */
export function bidiagonalForm(space: Workspace, { a, product, left, right }: Rooms): BidiagonalForm {
  const { kernels, numbers } = space;
  const { count: m, length: n, stride } = a;
  const [diagonal, above] = [new Float64Array(n), new Float64Array(n)];
  const products = space.row(product, 0);
  const rowBytes = 8 * stride;
  for (let k = 0; k < n; k++) {
    const [i, j] = [first(k, GROUP), first(k, 2)];
    const groups = Math.ceil((m - i) / GROUP);
    const [lengthLeft, rowsAt] = [8 * (stride - j), a.at + i * rowBytes];
    const leftRow = left.count === n ? k : 0;
    const v = space.row(left, leftRow);
    v.fill(0, 0, k);
    for (let row = k; row < m; row++) v[row] = numbers[a.at / 8 + row * stride + k];
    diagonal[k] = reflection(v, k);
    products.fill(0);
    const vAt = left.at + 8 * (leftRow * left.stride + i);
    kernels.addRows(product.at + 8 * j, vAt, rowsAt + 8 * j, groups, rowBytes, lengthLeft);
    if (k + 1 === n) break;
    const rightRow = right.count === n ? k : 0;
    const u = space.row(right, rightRow);
    const row = space.row(a, k);
    u.fill(0, 0, k + 1);
    for (let column = k + 1; column < n; column++) u[column] = row[column] - v[k] * products[column];
    above[k] = reflection(u, k + 1);
    const uAt = right.at + 8 * (rightRow * right.stride + j);
    kernels.reflectBoth(vAt, product.at + 8 * j, uAt, rowsAt + 8 * j, groups, rowBytes, lengthLeft);
  }
  return { diagonal, above };
}

/** Where the group of an index begins. */
const first = (index: number, group: number) => index - (index % group);

/**
 * Replaces x by v, scaled to length √2, with (I − v vᵀ) x = β e_k.
 * @param k entries before it are 0
 * @returns β
 */
function reflection(x: Float64Array, k: number): number {
  const length = lengthOf(x, k);
  if (length === 0) return 0;
  const beta = x[k] > 0 ? -length : length;
  x[k] -= beta;
  // ‖x − β e‖² = 2 β (β − x_k), in two factors that neither overflow nor underflow.
  const scale = 1 / Math.sqrt(Math.abs(beta)) / Math.sqrt(Math.abs(x[k]));
  for (let i = k; i < x.length; i++) x[i] *= scale;
  return beta;
}

/** The length of a vector from entry k on. */
function lengthOf(x: Float64Array, k: number): number {
  // Two sums do not wait for each other.
  let [even, odd] = [0, 0];
  let i = k;
  for (; i + 1 < x.length; i += 2) {
    even += x[i] * x[i];
    odd += x[i + 1] * x[i + 1];
  }
  if (i < x.length) even += x[i] * x[i];
  const square = even + odd;
  if (square > 1e-280 && square < 1e280) return Math.sqrt(square);
  let largest = 0;
  for (let j = k; j < x.length; j++) largest = Math.max(largest, Math.abs(x[j]));
  if (largest === 0) return 0;
  let sum = 0;
  for (let j = k; j < x.length; j++) sum += (x[j] / largest) ** 2;
  return largest * Math.sqrt(sum);
}

/**
 * The first columns of the product of reflections, as rows.
 * @param reflections [q, length]; reflection k is 0 before entry k
 * @param into [count, length], zeros, q ≤ count ≤ length
 */
export function accumulate(space: Workspace, reflections: Rows, into: Rows): void {
  const { count, stride } = into;
  for (let k = 0; k < count; k++) space.row(into, k)[k] = 1;
  for (let k = reflections.count - 1; k >= 0; k--) {
    const [i, j] = [first(k, GROUP), first(k, 2)];
    const u = reflections.at + 8 * (k * stride + j);
    const groups = Math.ceil((count - i) / GROUP);
    space.kernels.reflect(u, into.at + 8 * (i * stride + j), groups, 8 * stride, 8 * (stride - j));
  }
}
