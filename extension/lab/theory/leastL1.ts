/** Predictors of minimum L1 norm, by linear programs: w = p − q with p, q ≥ 0 and cost Σ (p + q). */
import { signedRows } from './signedRows.ts';
import { type LinearOutcome, solveLinear } from './solver.ts';

/**
 * The maximum-L1-margin direction, min ‖w‖₁ subject to y_i x_i·w ≥ 1. Gradient descent on the logistic loss of `u*u -
 * v*v` slowly converges to it in direction as t → ∞ (Gunasekar et al. 2018; Lyu and Li 2020).
 * @param x inputs, row-major [n, d]
 * @param y labels ±1, [n]
 * @returns w, [d], scaled to a minimum margin of 1, so that the maximum L1 margin is 1 / ‖w‖₁; null if the labels are
 * not linearly separable without a bias, or if the maximum is not unique
 * @throws Error if HiGHS fails
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
 * The minimum-L1-norm interpolator, min ‖w‖₁ subject to X w = y (basis pursuit; Chen, Donoho and Saunders 1998).
 * Gradient descent on the square loss of `u*u - v*v` converges to it as the initialization scale goes to 0 (Woodworth
 * et al. 2020).
 * @param x inputs, row-major [n, d]
 * @returns w, [d]; null if no w fits, or if the minimizer is not unique
 * @throws Error if HiGHS fails
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

/** The unique minimizer; null if the program is infeasible or the minimizer is not unique. */
export function minimizerOf(outcome: LinearOutcome): Float64Array | null {
  if (outcome.status === 'optimal') return outcome.unique ? outcome.x : null;
  if (outcome.status === 'infeasible') return null;
  throw new Error(`the linear program could not be solved: ${outcome.status}`);
}
