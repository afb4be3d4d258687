import { solveLinear } from './solver.ts';

/**
 * How far w is from a minimizer of the L1 norm among all predictors with the same outputs, given its support and signs:
 * the smallest e for which some ν satisfies |x_j·ν − sign w_j| ≤ e on the support and |x_j·ν| ≤ 1 + e off it. 0 at a
 * minimizer (then Xᵀν is a subgradient of the norm), at most 1.
 * @param x inputs, row-major [n, d]
 * @param signs signs of w on its support, 0 off it, [d]
 * @throws Error if HiGHS fails
 */
export async function subgradientGap(x: Float64Array, n: number, d: number, signs: Float64Array): Promise<number> {
  // Columns: ν, e. Rows: x_j·ν − e ≤ upper_j and x_j·ν + e ≥ lower_j.
  const columns = n + 1;
  const matrix = new Float64Array(2 * d * columns);
  for (let j = 0; j < d; j++) {
    for (const [half, sign] of [-1, 1].entries()) {
      const row = (half * d + j) * columns;
      for (let i = 0; i < n; i++) matrix[row + i] = x[i * d + j];
      matrix[row + n] = sign;
    }
  }
  const [rowLower, rowUpper] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY].map((bound) =>
    new Float64Array(2 * d).fill(bound),
  );
  signs.forEach((sign, j) => {
    rowUpper[j] = sign === 0 ? 1 : sign;
    rowLower[d + j] = sign === 0 ? -1 : sign;
  });
  const cost = new Float64Array(columns);
  cost[n] = 1;
  const lower = new Float64Array(columns).fill(Number.NEGATIVE_INFINITY);
  lower[n] = 0;
  const upper = new Float64Array(columns).fill(Number.POSITIVE_INFINITY);
  const outcome = await solveLinear({ cost, matrix, rowLower, rowUpper, lower, upper });
  if (outcome.status !== 'optimal') throw new Error(`the linear program could not be solved: ${outcome.status}`);
  return Math.max(0, outcome.objective);
}
