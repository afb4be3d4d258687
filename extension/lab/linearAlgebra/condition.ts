/** Condition numbers of symmetric positive semidefinite matrices, in the 2-norm. */
import { factorCholesky, solveCholesky } from './cholesky.ts';
import { fillIrregular } from './irregular.ts';
import { Tridiagonal } from './tridiagonal.ts';

/** Lanczos steps: extreme eigenvalues are accurate to a few percent, often to many digits. */
const STEPS = 25;
/** Fewer steps for large matrices, because the condition number is computed for every run. */
const STEPS_LARGE = 4;
const LARGE = 256;
/** Larger matrices are not factored: Lanczos' method estimates both ends, the lower one less accurately. */
const LARGEST_FACTORED = 1000;
const STEPS_UNFACTORED = 100;

/**
 * The ratio of the extreme eigenvalues of a positive definite matrix.
 * @param a symmetric [n, n], row-major
 * @returns a lower bound up to rounding; null if the matrix is not positive definite in float64 or not finite
 */
export function conditionNumber(a: Float64Array, n: number): number | null {
  if (n === 0 || !a.every(Number.isFinite)) return null;
  if (n > LARGEST_FACTORED) {
    const extremes = extremeEigenvalues(n, STEPS_UNFACTORED, (x, into) => multiply(a, n, x, into));
    return extremes && extremes.least > 0 ? extremes.largest / extremes.least : null;
  }
  const factor = a.slice();
  return factorCholesky(factor, n) ? factoredCondition(a, factor, n) : null;
}

/** Writes a matrix times x. */
type Apply = (x: Float64Array, into: Float64Array) => void;

/**
 * The condition number of a matrix with known Cholesky factor, by a few products.
 * @param factor lower triangle, row-major
 */
function factoredCondition(a: Float64Array, factor: Float64Array, n: number): number | null {
  return conditionBetween(
    n,
    (x, into) => multiply(a, n, x, into),
    (x, into) => {
      into.set(x);
      solveCholesky(factor, n, into);
    },
  );
}

/**
 * The condition number of a positive definite matrix [n, n], by a few products with it and with its inverse.
 * @returns a lower bound up to rounding; null where a product is not finite
 */
export function conditionBetween(n: number, direct: Apply, inverse: Apply): number | null {
  const steps = n > LARGE ? STEPS_LARGE : STEPS;
  const [high, low] = [direct, inverse].map((apply) => extremeEigenvalues(n, steps, apply));
  return high && low && Math.max(1, high.largest * low.largest);
}

/**
 * The condition number, infinite for rank-deficient matrices.
 * @param a symmetric [n, n], row-major
 * @returns infinite if the matrix is not positive definite in float64 or not finite
 */
export function fullRankCondition(a: Float64Array): number {
  const n = Math.sqrt(a.length);
  const factor = a.slice();
  if (!factorCholesky(factor, n)) return Number.POSITIVE_INFINITY;
  return factoredCondition(a, factor, n) ?? Number.POSITIVE_INFINITY;
}

/** The condition number of a diagonal matrix with positive entries. */
export function diagonalCondition(values: Float64Array): number | null {
  const largest = values.reduce((a, b) => Math.max(a, b), 0);
  const condition = largest / values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  return condition >= 1 && Number.isFinite(condition) ? condition : null;
}

/**
 * Extreme eigenvalues of a symmetric matrix, by Lanczos' method with a fixed starting vector.
 * @param most maximum number of steps
 * @param apply writes the matrix times x
 */
export function extremeEigenvalues(n: number, most: number, apply: Apply) {
  const steps = Math.min(n, most);
  const lanczos = new Tridiagonal(steps);
  let [before, v, next] = [0, 1, 2].map(() => new Float64Array(n));
  fillIrregular(v, 0);
  normalize(v);
  let offDiagonal = 0;
  for (let step = 0; step < steps; step++) {
    apply(v, next);
    let diagonal = 0;
    for (let i = 0; i < n; i++) diagonal += v[i] * next[i];
    for (let i = 0; i < n; i++) next[i] -= diagonal * v[i] + offDiagonal * before[i];
    offDiagonal = normalize(next);
    lanczos.add(diagonal, offDiagonal);
    if (!(offDiagonal > 1e-14 * Math.abs(diagonal))) break;
    [before, v, next] = [v, next, before];
  }
  return lanczos.extremes();
}

function normalize(v: Float64Array): number {
  let sum = 0;
  for (const x of v) sum += x * x;
  const length = Math.sqrt(sum);
  if (length > 0) for (let i = 0; i < v.length; i++) v[i] /= length;
  return length;
}

/** into = a x, a row-major [n, n]: four rows at a time, whose sums do not wait for each other. */
export function multiply(a: Float64Array, n: number, x: Float64Array, into: Float64Array): void {
  let i = 0;
  for (; i + 3 < n; i += 4) {
    const at = i * n;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let j = 0; j < n; j++) {
      const y = x[j];
      s0 += a[at + j] * y;
      s1 += a[at + n + j] * y;
      s2 += a[at + 2 * n + j] * y;
      s3 += a[at + 3 * n + j] * y;
    }
    into[i] = s0;
    into[i + 1] = s1;
    into[i + 2] = s2;
    into[i + 3] = s3;
  }
  for (; i < n; i++) {
    let s = 0;
    for (let j = 0; j < n; j++) s += a[i * n + j] * x[j];
    into[i] = s;
  }
}
