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
  for (let i = 0; i < rows; i++) {
    const row = i * columns;
    let k = 0;
    // Four rows of b at a time: fewer passes over the row of the result.
    for (; k + 3 < inner; k += 4) {
      const at = k * columns;
      const a0 = a[i * inner + k];
      const a1 = a[i * inner + k + 1];
      const a2 = a[i * inner + k + 2];
      const a3 = a[i * inner + k + 3];
      for (let j = 0; j < columns; j++) {
        const first = a0 * b[at + j] + a1 * b[at + columns + j];
        into[row + j] += first + (a2 * b[at + 2 * columns + j] + a3 * b[at + 3 * columns + j]);
      }
    }
    for (; k < inner; k++) {
      const factor = a[i * inner + k];
      for (let j = 0; j < columns; j++) into[row + j] += factor * b[k * columns + j];
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
