/** Row-major matrices. */

/** into [rows, columns] = a [rows, inner] × b [inner, columns]. */
export function multiply(
  a: Float64Array,
  b: Float64Array,
  into: Float64Array,
  rows: number,
  inner: number,
  columns: number,
): void {
  into.fill(0);
  let i = 0;
  for (; i + 1 < rows; i += 2) addTwoRows(a, b, into, i, inner, columns);
  if (i === rows) return;
  for (let k = 0; k < inner; k++) {
    const factor = a[i * inner + k];
    for (let j = 0; j < columns; j++) into[i * columns + j] += factor * b[k * columns + j];
  }
}

/** Rows i and i + 1 of a product: four rows of b at a time, each of whose numbers serves both. */
function addTwoRows(
  a: Float64Array,
  b: Float64Array,
  into: Float64Array,
  i: number,
  inner: number,
  columns: number,
): void {
  const row = i * columns;
  const left = i * inner;
  let k = 0;
  for (; k + 3 < inner; k += 4) {
    const at = left + k;
    const [a0, a1, a2, a3] = [a[at], a[at + 1], a[at + 2], a[at + 3]];
    const below = at + inner;
    const [c0, c1, c2, c3] = [a[below], a[below + 1], a[below + 2], a[below + 3]];
    const from = k * columns;
    for (let j = 0; j < columns; j++) {
      const b0 = b[from + j];
      const b1 = b[from + columns + j];
      const b2 = b[from + 2 * columns + j];
      const b3 = b[from + 3 * columns + j];
      into[row + j] += a0 * b0 + a1 * b1 + (a2 * b2 + a3 * b3);
      into[row + columns + j] += c0 * b0 + c1 * b1 + (c2 * b2 + c3 * b3);
    }
  }
  for (; k < inner; k++) {
    const a0 = a[left + k];
    const c0 = a[left + inner + k];
    for (let j = 0; j < columns; j++) {
      const b0 = b[k * columns + j];
      into[row + j] += a0 * b0;
      into[row + columns + j] += c0 * b0;
    }
  }
}

/** a × b as a new matrix. */
export function product(a: Float64Array, b: Float64Array, rows: number, inner: number, columns: number): Float64Array {
  const into = new Float64Array(rows * columns);
  multiply(a, b, into, rows, inner, columns);
  return into;
}

/** aᵀ of a [rows, columns]. */
export function transpose(a: Float64Array, rows: number, columns: number): Float64Array {
  const result = new Float64Array(a.length);
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) result[j * rows + i] = a[i * columns + j];
  return result;
}
