/**
 * Iterative refinement of least squares (Björck 1967; Higham, Accuracy and Stability of Numerical Algorithms, 20.5):
 * the augmented system r + A x = b, Aᵀ r = 0 is solved for its residual, which is computed in twice the precision. Each
 * round reduces the error by a factor of about κ · 1e-16, κ being the condition number of A.
 */
import { CompensatedSum } from './compensated.ts';
import type { CompleteOrthogonal } from './completeOrthogonal.ts';

/** Ratio of singular values above which the solution is refined. */
const ILL_CONDITIONED = 1e5;
/** Two rounds suffice up to the largest condition number that the rank cutoff allows. */
const ROUNDS = 2;

/**
 * A⁺ b.
 * @param a the decomposed matrix, row-major [rows, columns]
 */
export function refinedSolution(decomposition: CompleteOrthogonal, a: Float64Array, b: Float64Array): Float64Array {
  const x = decomposition.solve(b);
  if (!(decomposition.span > ILL_CONDITIONED)) return x;
  const { rows, columns } = decomposition;
  const r = new Float64Array(rows);
  const [f, g] = [new Float64Array(rows), new Float64Array(columns)];
  const sum = new CompensatedSum();
  for (let i = 0; i < rows; i++) {
    sum.begin(b[i]);
    for (let k = 0; k < columns; k++) sum.addProduct(-a[i * columns + k], x[k]);
    r[i] = sum.value;
  }
  for (let round = 0; round < ROUNDS; round++) {
    for (let i = 0; i < rows; i++) {
      sum.begin(b[i]);
      sum.addProduct(-1, r[i]);
      for (let k = 0; k < columns; k++) sum.addProduct(-a[i * columns + k], x[k]);
      f[i] = sum.value;
    }
    for (let k = 0; k < columns; k++) {
      sum.begin(0);
      for (let i = 0; i < rows; i++) sum.addProduct(-a[i * columns + k], r[i]);
      g[k] = sum.value;
    }
    // dr = (Aᵀ)⁺ g + (I − A A⁺) f, dx = A⁺ (f − (Aᵀ)⁺ g).
    const lifted = decomposition.solveTransposed(g);
    const inside = decomposition.project(f);
    const dx = decomposition.solve(f.map((value, i) => value - lifted[i]));
    for (let i = 0; i < rows; i++) r[i] += lifted[i] + f[i] - inside[i];
    for (let k = 0; k < columns; k++) x[k] += dx[k];
  }
  return x;
}
