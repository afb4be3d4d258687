/**
 * Natural gradients in the space of the training outputs, n × n: with K = J Jᵀ and F = Jᵀ H J, H = diag(h)/n,
 * the minimum-norm solution is Jᵀ K⁻¹ (∂ℓ/∂f)/h where K has full rank (S and 1/n cancel).
 */
import { factorCholesky, solveCholesky } from '../../linearAlgebra/cholesky.ts';
import { conditionNumber, diagonalCondition, LARGEST_FACTORED } from '../../linearAlgebra/condition.ts';
import { solveSymmetric } from '../../linearAlgebra/pseudoinverse.ts';
import type { ExampleWeights } from './weights.ts';

/** K as a diagonal [n] or row-major [n, n]. */
export interface GramValues {
  kind: 'diagonal' | 'dense';
  values: Float64Array;
}

/**
 * The coefficients c of the step δ = Jᵀ c.
 * @returns the numerical rank of the (weighted) Gram matrix
 */
export function solveSamples(gram: GramValues, weights: ExampleWeights, damping: number, c: Float64Array): number {
  const n = c.length;
  if (damping === 0) {
    if (gram.kind === 'diagonal') return solveDiagonal(gram.values, weights.ratio, c);
    if (solveUnweighted(gram.values, weights.ratio, c)) return n;
  }
  return solveWeighted(gram, weights, damping, c);
}

/** Example by example: no two share a parameter, so that no weights are needed; those that cannot move stay. */
function solveDiagonal(k: Float64Array, ratio: Float64Array, c: Float64Array): number {
  const cutoff = 1e-12 * k.reduce((a, b) => Math.max(a, b), 0);
  let rank = 0;
  for (let i = 0; i < k.length; i++) {
    const full = k[i] > cutoff;
    c[i] = full ? ratio[i] / k[i] : 0;
    if (full) rank++;
  }
  return rank;
}

function solveUnweighted(k: Float64Array, ratio: Float64Array, c: Float64Array): boolean {
  const n = c.length;
  const factor = k.slice();
  if (!factorCholesky(factor, n)) return false;
  c.set(ratio);
  solveCholesky(factor, n, c);
  return true;
}

/** Rows weighted by √(h / max h): least squares of minimum norm where rows depend on each other, or with damping. */
function solveWeighted(gram: GramValues, weights: ExampleWeights, damping: number, c: Float64Array): number {
  const n = c.length;
  const { m, root, relative } = weightedSystem(gram, weights, damping);
  const b = weights.ratio.map((value, i) => root[i] * value);
  if (relative > 0 && Number.isFinite(relative)) {
    const damped = m.slice();
    for (let i = 0; i < n; i++) damped[i * n + i] += relative;
    if (factorCholesky(damped, n)) {
      solveCholesky(damped, n, b);
      for (let i = 0; i < n; i++) c[i] = root[i] * b[i];
      return n;
    }
  }
  const { x, rank } = solveSymmetric(m, n, b, relative);
  for (let i = 0; i < n; i++) c[i] = root[i] * x[i];
  return rank;
}

/** √h K √h with h in units of the largest, and the damping in the same units. */
function weightedSystem(gram: GramValues, { curvature, shift }: ExampleWeights, damping: number) {
  const n = curvature.length;
  const largest = curvature.reduce((a, b) => Math.max(a, b), 0);
  const root = curvature.map((h) => Math.sqrt(h / largest));
  const m = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    if (gram.kind === 'diagonal') m[i * n + i] = root[i] * root[i] * gram.values[i];
    else for (let j = 0; j < n; j++) m[i * n + j] = root[i] * gram.values[i * n + j] * root[j];
  }
  // F is in units of (max h) e^{−s} / n; so must be the damping.
  const relative = damping === 0 ? 0 : (damping * n * Math.exp(shift)) / largest;
  return { m, root, relative };
}

/** The condition number of the matrix that {@link solveSamples} solves with; null where it is not known. */
export function samplesCondition(gram: GramValues, weights: ExampleWeights, damping: number): number | null {
  const n = weights.curvature.length;
  if (damping === 0) {
    if (gram.kind === 'diagonal') return diagonalCondition(gram.values);
    if (n > LARGEST_FACTORED || factorCholesky(gram.values.slice(), n)) return conditionNumber(gram.values, n);
  }
  const { m, relative } = weightedSystem(gram, weights, damping);
  for (let i = 0; i < n; i++) m[i * n + i] += relative;
  return conditionNumber(m, n);
}
