/** Minimum-norm solutions of linear systems of any shape and rank. */
import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import { GrowingQr } from './growingQr.ts';

/**
 * A⁺ b: the minimum-norm minimizer of ‖A w − b‖.
 * @param a [n, d], row-major
 * @returns w, [d], and the numerical rank of a
 */
export function minimumNorm(a: Float64Array, n: number, d: number, b: Float64Array): { w: Float64Array; rank: number } {
  return (n <= d ? byRows(a, n, d, b) : null) ?? bySingularValues(a, n, d, b);
}

/** With independent rows: w = Q R⁻ᵀ b for Aᵀ = Q R; null otherwise. */
function byRows(a: Float64Array, n: number, d: number, b: Float64Array): { w: Float64Array; rank: number } | null {
  const qr = new GrowingQr(d);
  for (let i = 0; i < n; i++) if (!qr.append(a.subarray(i * d, (i + 1) * d))) return null;
  const solution = (right: Float64Array) => qr.combine(qr.solveUpperTransposed(right));
  const w = solution(b);
  // One step of iterative refinement reduces the residual to rounding.
  const rest = b.map((value, i) => {
    let s = value;
    for (let j = 0; j < d; j++) s -= a[i * d + j] * w[j];
    return s;
  });
  const change = solution(rest);
  return { w: w.map((value, j) => value + change[j]), rank: n };
}

function bySingularValues(a: Float64Array, n: number, d: number, b: Float64Array): { w: Float64Array; rank: number } {
  const svd = new SingularValueDecomposition(Matrix.from1DArray(n, d, a), { autoTranspose: true });
  const { diagonal: values, leftSingularVectors: left, rightSingularVectors: right } = svd;
  const smallest = Math.max(n, d) * Number.EPSILON * Math.max(0, ...values);
  const w = new Float64Array(d);
  let rank = 0;
  values.forEach((value, k) => {
    if (!(value > smallest)) return;
    rank++;
    let share = 0;
    for (let i = 0; i < n; i++) share += left.get(i, k) * b[i];
    for (let j = 0; j < d; j++) w[j] += (share / value) * right.get(j, k);
  });
  return { w, rank };
}

/** The numerical rank of a, row-major [n, d]: how many of its rows are independent of the rows before them. */
export function matrixRank(a: Float64Array, n: number, d: number): number {
  const qr = new GrowingQr(d);
  for (let i = 0; i < n && qr.size < d; i++) qr.append(a.subarray(i * d, (i + 1) * d));
  return qr.size;
}
