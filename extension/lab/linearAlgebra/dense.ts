/** Row-major matrices. */
import { GROUP } from './kernels.ts';
import { Workspace } from './workspace.ts';

/** a [rows, inner] × b [inner, columns] as a new matrix. */
export function product(a: Float64Array, b: Float64Array, rows: number, inner: number, columns: number): Float64Array {
  const space = new Workspace([
    [rows, inner],
    [inner, columns],
    [rows, columns],
  ]);
  const [left, right] = [space.copy(a, rows, inner), space.copy(b, inner, columns)];
  const into = space.rows(rows, columns);
  const [groups, bytes] = [Math.ceil(inner / GROUP), 8 * into.stride];
  for (let i = 0; i < rows; i++) {
    space.kernels.addRows(into.at + i * bytes, left.at + 8 * i * left.stride, right.at, groups, bytes, bytes);
  }
  return space.taken(into);
}

/** aᵀ of a [rows, columns]. */
export function transpose(a: Float64Array, rows: number, columns: number): Float64Array {
  const result = new Float64Array(a.length);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) result[j * rows + i] = a[i * columns + j];
  return result;
}
