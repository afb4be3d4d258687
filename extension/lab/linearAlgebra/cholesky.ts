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

/** Rows that are taken together, so that their sums do not wait for each other; what each sum adds keeps its order. */
const TOGETHER = 4;

/** Solves L x = b in place of b. */
export function solveLower(l: Float64Array, n: number, b: Float64Array): void {
  let first = 0;
  for (; first + TOGETHER <= n; first += TOGETHER) {
    const at = first * n;
    let s0 = b[first];
    let s1 = b[first + 1];
    let s2 = b[first + 2];
    let s3 = b[first + 3];
    for (let k = 0; k < first; k++) {
      const x = b[k];
      s0 -= l[at + k] * x;
      s1 -= l[at + n + k] * x;
      s2 -= l[at + 2 * n + k] * x;
      s3 -= l[at + 3 * n + k] * x;
    }
    b[first] = s0;
    b[first + 1] = s1;
    b[first + 2] = s2;
    b[first + 3] = s3;
    for (let i = first; i < first + TOGETHER; i++) finishLower(l, n, b, first, i);
  }
  for (let i = first; i < n; i++) finishLower(l, n, b, 0, i);
}

/** Entry i of the solution, from which the entries before `from` have been subtracted. */
function finishLower(l: Float64Array, n: number, b: Float64Array, from: number, i: number): void {
  let s = b[i];
  for (let k = from; k < i; k++) s -= l[i * n + k] * b[k];
  b[i] = s / l[i * n + i];
}

/** Solves Lᵀ x = b in place of b. */
export function solveLowerTransposed(l: Float64Array, n: number, b: Float64Array): void {
  let end = n;
  for (; end >= TOGETHER; end -= TOGETHER) {
    const first = end - TOGETHER;
    for (let i = end - 1; i >= first; i--) takeFromAbove(l, n, b, first, i);
    const at = first * n;
    const x0 = b[first];
    const x1 = b[first + 1];
    const x2 = b[first + 2];
    const x3 = b[first + 3];
    for (let k = 0; k < first; k++) {
      b[k] = b[k] - l[at + 3 * n + k] * x3 - l[at + 2 * n + k] * x2 - l[at + n + k] * x1 - l[at + k] * x0;
    }
  }
  for (let i = end - 1; i >= 0; i--) takeFromAbove(l, n, b, 0, i);
}

/** Entry i of the solution, which is subtracted from the entries before it down to `from`. */
function takeFromAbove(l: Float64Array, n: number, b: Float64Array, from: number, i: number): void {
  const x = b[i] / l[i * n + i];
  b[i] = x;
  for (let k = from; k < i; k++) b[k] -= l[i * n + k] * x;
}
