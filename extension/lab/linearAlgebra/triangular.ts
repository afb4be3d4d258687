/** Systems with an upper triangular matrix U, row-major [n, n]. */

/** U⁻¹ b. */
export function solveUpper(u: Float64Array, b: Float64Array): Float64Array {
  const n = b.length;
  const x = b.slice();
  for (let k = n - 1; k >= 0; k--) {
    let sum = x[k];
    for (let j = k + 1; j < n; j++) sum -= u[k * n + j] * x[j];
    x[k] = sum / u[k * n + k];
  }
  return x;
}

/** U⁻ᵀ b. */
export function solveUpperTransposed(u: Float64Array, b: Float64Array): Float64Array {
  const n = b.length;
  const x = b.slice();
  for (let k = 0; k < n; k++) {
    x[k] /= u[k * n + k];
    for (let j = k + 1; j < n; j++) x[j] -= u[k * n + j] * x[k];
  }
  return x;
}

/** U x. */
export function multiplyUpper(u: Float64Array, x: Float64Array): Float64Array {
  const n = x.length;
  return x.map((_, k) => {
    let sum = 0;
    for (let j = k; j < n; j++) sum += u[k * n + j] * x[j];
    return sum;
  });
}

/** Uᵀ x. */
export function multiplyUpperTransposed(u: Float64Array, x: Float64Array): Float64Array {
  const n = x.length;
  const result = new Float64Array(n);
  for (let k = 0; k < n; k++) for (let j = k; j < n; j++) result[j] += u[k * n + j] * x[k];
  return result;
}
