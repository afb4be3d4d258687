/** Cholesky factorization of symmetric positive definite matrices, row-major, in place. */

/** Pivots below this fraction of their diagonal entry count as zero: the matrix is rank-deficient in float64. */
export const SMALLEST_PIVOT = 1e-12;

/**
 * Factors a = L Lᵀ in place (lower triangle).
 * @param a symmetric [n, n]; only its lower triangle is read
 * @returns whether every pivot stayed above {@link SMALLEST_PIVOT} of its diagonal entry
 */
export function factorCholesky(a: Float64Array, n: number): boolean {
  for (let i = 0; i < n; i++) {
    const row = i * n;
    const before = a[row + i];
    for (let j = 0; j <= i; j++) {
      const other = j * n;
      let s0 = a[row + j];
      let s1 = 0;
      let k = 0;
      for (; k + 1 < j; k += 2) {
        s0 -= a[row + k] * a[other + k];
        s1 -= a[row + k + 1] * a[other + k + 1];
      }
      if (k < j) s0 -= a[row + k] * a[other + k];
      const s = s0 + s1;
      if (i === j) {
        if (!(s > SMALLEST_PIVOT * before)) return false;
        a[row + i] = Math.sqrt(s);
      } else {
        a[row + j] = s / a[other + j];
      }
    }
  }
  return true;
}

/** Solves L Lᵀ x = b in place of b, with the factor of {@link factorCholesky}. */
export function solveCholesky(l: Float64Array, n: number, b: Float64Array): void {
  solveLower(l, n, b);
  solveLowerTransposed(l, n, b);
}

/** Solves L x = b in place of b. */
export function solveLower(l: Float64Array, n: number, b: Float64Array): void {
  for (let i = 0; i < n; i++) {
    let s = b[i];
    for (let k = 0; k < i; k++) s -= l[i * n + k] * b[k];
    b[i] = s / l[i * n + i];
  }
}

/** Solves Lᵀ x = b in place of b. */
export function solveLowerTransposed(l: Float64Array, n: number, b: Float64Array): void {
  for (let i = n - 1; i >= 0; i--) {
    const x = b[i] / l[i * n + i];
    b[i] = x;
    for (let k = 0; k < i; k++) b[k] -= l[i * n + k] * x;
  }
}
