/** The rows y_i x_i, whose products with w are the margins. */
export function signedRows(x: Float64Array, n: number, d: number, y: Float64Array): Float64Array[] {
  return Array.from({ length: n }, (_, i) => x.slice(i * d, (i + 1) * d).map((value) => y[i] * value));
}
