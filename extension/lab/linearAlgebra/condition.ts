/** The condition number of a symmetric positive definite matrix, by far cheaper than all of its eigenvalues. */
import { factorCholesky, solveCholesky } from './cholesky.ts';

/** Relative change of an eigenvalue from one iteration to the next at which it is good enough. */
const CLOSE = 1e-4;
const MOST_ITERATIONS = 300;

/**
 * The largest eigenvalue over the smallest, to a few percent: by the power method for the matrix and for its inverse,
 * whose Rayleigh quotients approach both from within.
 * @param a symmetric [n, n], row-major
 * @returns infinite where the matrix is not positive definite in float64, or not finite
 */
export function conditionOf(a: Float64Array): number {
  const n = Math.sqrt(a.length);
  const factor = a.slice();
  if (!factorCholesky(factor, n)) return Number.POSITIVE_INFINITY;
  const largest = dominant(n, (x, out) => {
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let j = 0; j < n; j++) sum += a[i * n + j] * x[j];
      out[i] = sum;
    }
  });
  const inverse = dominant(n, (x, out) => {
    out.set(x);
    solveCholesky(factor, n, out);
  });
  const condition = largest * inverse;
  return Number.isNaN(condition) ? Number.POSITIVE_INFINITY : condition;
}

/** The largest eigenvalue of a symmetric positive definite map. */
function dominant(n: number, apply: (x: Float64Array, out: Float64Array) => void): number {
  // All directions are in it, none by the same share, and the same ones every time.
  const x = Float64Array.from({ length: n }, (_, i) => Math.sin(1 + 12.9898 * i));
  const next = new Float64Array(n);
  normalize(x);
  let value = 0;
  for (let iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
    apply(x, next);
    const before = value;
    value = x.reduce((sum, entry, i) => sum + entry * next[i], 0);
    if (Math.abs(value - before) <= CLOSE * value && iteration > 2) break;
    x.set(next);
    normalize(x);
  }
  return value;
}

function normalize(x: Float64Array): void {
  const norm = Math.sqrt(x.reduce((sum, entry) => sum + entry * entry, 0));
  for (let i = 0; i < x.length; i++) x[i] /= norm;
}
