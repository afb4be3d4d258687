/** Predictors of least L1 norm, by linear programs: w = p − q with p, q ≥ 0, at a cost of Σ (p + q). */
import { signedRows } from './signedRows.ts';
import { type LinearOutcome, solveLinear } from './solver.ts';

/**
 * The direction of the largest L1 margin, min ‖w‖₁ subject to y_i x_i·w ≥ 1. Gradient descent on the logistic loss of
 * `u*u - v*v` tends to it as t → ∞ (Gunasekar et al. 2018; Lyu and Li 2020), slowly.
 * @param x inputs, row-major [n, d]
 * @param y labels ±1, [n]
 * @returns w, [d], scaled to a least margin of 1: the largest L1 margin itself is 1 / ‖w‖₁; null where no linear rule
 * without a bias separates the labels, or several have the largest margin
 * @throws Error where HiGHS fails
 */
export async function maxL1Margin(
  x: Float64Array,
  n: number,
  d: number,
  y: Float64Array,
): Promise<Float64Array | null> {
  const rows = signedRows(x, n, d, y);
  return leastL1(rows, d, new Float64Array(n).fill(1), new Float64Array(n).fill(Number.POSITIVE_INFINITY));
}

/**
 * The interpolator of least L1 norm, min ‖w‖₁ subject to X w = y (basis pursuit; Chen, Donoho and Saunders 1998).
 * Gradient descent on the square loss of `u*u - v*v` tends to it as the start goes to 0 (Woodworth et al. 2020).
 * @param x inputs, row-major [n, d]
 * @returns w, [d]; null where no w fits, or several have the least norm
 * @throws Error where HiGHS fails
 */
export async function leastL1Fit(x: Float64Array, n: number, d: number, y: Float64Array): Promise<Float64Array | null> {
  const rows = Array.from({ length: n }, (_, i) => x.subarray(i * d, (i + 1) * d));
  return leastL1(rows, d, y, y);
}

async function leastL1(
  rows: readonly Float64Array[],
  d: number,
  rowLower: Float64Array,
  rowUpper: Float64Array,
): Promise<Float64Array | null> {
  const matrix = new Float64Array(rows.length * 2 * d);
  rows.forEach((row, i) => {
    matrix.set(row, i * 2 * d);
    matrix.set(
      row.map((value) => -value),
      (2 * i + 1) * d,
    );
  });
  const outcome = await solveLinear({
    cost: new Float64Array(2 * d).fill(1),
    matrix,
    rowLower,
    rowUpper,
    lower: new Float64Array(2 * d),
    upper: new Float64Array(2 * d).fill(Number.POSITIVE_INFINITY),
  });
  const x = minimizerOf(outcome);
  return x ? x.slice(0, d).map((value, j) => value - x[d + j]) : null;
}

/** The only minimizer; null where the program is infeasible, or many points cost as little: theory names none of them. */
export function minimizerOf(outcome: LinearOutcome): Float64Array | null {
  if (outcome.status === 'optimal') return outcome.unique ? outcome.x : null;
  if (outcome.status === 'infeasible') return null;
  throw new Error(`the linear program has no solution: ${outcome.status}`);
}
