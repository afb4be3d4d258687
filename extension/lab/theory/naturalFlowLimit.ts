import { dot } from '../linearAlgebra/vectors.ts';
import { minimizerOf } from './leastL1.ts';
import { signedRows } from './signedRows.ts';
import { solveLinear } from './solver.ts';

/**
 * Where natural gradient flow on the logistic loss goes with more examples than dimensions: it is Newton flow,
 * ∇L(t) = e^{−t} ∇L(0), so that w(t)/t → argmin ⟨g₀, w⟩ subject to y_i x_i·w ≥ 1, with
 * g₀ = Σ_i y_i x_i σ(−y_i x_i·w₀). The angle to it shrinks like 1/t. It depends on the start, and is neither the largest
 * margin nor least squares. Follows from the definition of the flow (compare Kerekes, Mészáros and Huszár 2021).
 * @param x inputs of rank d, row-major [n, d] with n > d
 * @param y labels ±1, [n]
 * @param w0 the predictor at the start, [d]
 * @returns w, [d], scaled to a least margin of 1; null where no linear rule without a bias separates the labels, and
 * where the program has more than one minimizer: which of them the flow tends to, it does not tell
 * @throws Error where HiGHS fails
 */
export async function naturalFlowLimit(
  x: Float64Array,
  n: number,
  d: number,
  y: Float64Array,
  w0: Float64Array,
): Promise<Float64Array | null> {
  const rows = signedRows(x, n, d, y);
  // log σ(−m); only ratios of the weights count, so that the largest may be 1 however large the margins are.
  const logarithms = rows.map((row) => {
    const m = dot(row, w0);
    return m > 0 ? -m - Math.log1p(Math.exp(-m)) : -Math.log1p(Math.exp(m));
  });
  const largest = Math.max(...logarithms);
  const cost = new Float64Array(d);
  rows.forEach((row, i) => {
    const weight = Math.exp(logarithms[i] - largest);
    for (let j = 0; j < d; j++) cost[j] += weight * row[j];
  });
  const matrix = new Float64Array(n * d);
  rows.forEach((row, i) => {
    matrix.set(row, i * d);
  });
  const outcome = await solveLinear({
    cost,
    matrix,
    rowLower: new Float64Array(n).fill(1),
    rowUpper: new Float64Array(n).fill(Number.POSITIVE_INFINITY),
    lower: new Float64Array(d).fill(Number.NEGATIVE_INFINITY),
    upper: new Float64Array(d).fill(Number.POSITIVE_INFINITY),
  });
  return minimizerOf(outcome);
}
