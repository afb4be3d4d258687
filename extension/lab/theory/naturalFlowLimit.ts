import { dot } from '../linearAlgebra/vectors.ts';
import { minimizerOf } from './leastL1.ts';
import { signedRows } from './signedRows.ts';
import { solveLinear } from './solver.ts';

/**
 * The limit of natural gradient flow on the logistic loss with more examples than dimensions. It is a Newton flow,
 * ∇L(t) = e^{−t} ∇L(0), so that w(t)/t → argmin ⟨g₀, w⟩ subject to y_i x_i·w ≥ 1, with g₀ = Σ_i y_i x_i σ(−y_i x_i·w₀).
 * The angle to it decays like 1/t. The limit depends on the initialization; it is neither the maximum-margin nor the
 * least-squares solution. It follows from the definition of the flow (compare Kerekes, Mészáros and Huszár 2021).
 * @param x inputs of rank d, row-major [n, d] with n > d
 * @param y labels ±1, [n]
 * @param w0 the initial predictor, [d]
 * @returns w, [d], scaled to a minimum margin of 1; null if the labels are not linearly separable without a bias, or if
 * the minimizer is not unique
 * @throws Error if HiGHS fails
 */
export async function naturalFlowLimit(
  x: Float64Array,
  n: number,
  d: number,
  y: Float64Array,
  w0: Float64Array,
): Promise<Float64Array | null> {
  const rows = signedRows(x, n, d, y);
  // log σ(−m); only ratios of the weights matter, so normalize the largest to 1 to avoid underflow.
  const logarithms = rows.map((row) => {
    const m = dot(row, w0);
    return m > 0 ? -m - Math.log1p(Math.exp(-m)) : -Math.log1p(Math.exp(m));
  });
  const largest = logarithms.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
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
