/**
 * Natural gradients in the space of the predictor, d × d: F = Jᵀ H J with J = ∂w/∂θ, G = J Jᵀ, ∇L = Jᵀ γ.
 * Where G and H have full rank, the minimum-norm solution is Jᵀ G⁻¹ H⁻¹ γ; otherwise, with H = L Lᵀ,
 * it is Jᵀ L (Lᵀ G L + damping I)⁺ L⁻¹ γ, as long as γ lies in the range of H.
 */
import { factorCholesky, solveCholesky, solveLower } from '../../linearAlgebra/cholesky.ts';
import { conditionNumber, diagonalCondition, LARGEST_FACTORED } from '../../linearAlgebra/condition.ts';
import { eigenFactor, solveSymmetric } from '../../linearAlgebra/pseudoinverse.ts';
import type { GramValues } from './sampleSpace.ts';

/** The metric H: a multiple of the identity, or row-major [d, d]. */
export type Metric = { kind: 'scalar'; value: number } | { kind: 'dense'; values: Float64Array };

/**
 * The coefficients c of the step δ = Jᵀ c.
 * @param gamma ∂L/∂w, [d]
 * @param damping in the units of H
 * @returns the numerical rank of the system
 */
export function solvePredictor(
  gram: GramValues,
  metric: Metric,
  gamma: Float64Array,
  damping: number,
  c: Float64Array,
): number {
  const d = c.length;
  if (damping === 0) {
    c.set(gamma);
    if (solveMetric(metric, c) && solveGram(gram, c)) return d;
  }
  const { factor, columns } = factorOf(metric, d);
  if (columns === 0) {
    // Every curvature has underflowed, far from any solution: there is no direction left to go.
    c.fill(gamma.some((value) => value !== 0) ? Number.NaN : 0);
    return 0;
  }
  const b = factor.inverse(gamma);
  const system = congruence(gram, factor.values, d, columns);
  if (columns < d && isOutside(gamma, times(factor.values, b, d))) {
    return solveOutside(gram, factor.values, system, gamma, damping, c);
  }
  const { x, rank } = solveSymmetric(system, columns, b, damping);
  c.set(times(factor.values, x, d));
  return rank;
}

/** Whether γ is more than rounding away from its part in the range of H. */
function isOutside(gamma: Float64Array, inside: Float64Array): boolean {
  let [left, all] = [0, 0];
  for (let i = 0; i < gamma.length; i++) {
    left += (gamma[i] - inside[i]) ** 2;
    all += gamma[i] ** 2;
  }
  return left > 1e-18 * all;
}

/**
 * ∇L = Jᵀ γ outside the range of F = Aᵀ A, A = Lᵀ J: with M = A Aᵀ = Lᵀ G L and t = A ∇L = Lᵀ G γ, F⁺ ∇L is
 * Jᵀ L M⁺ M⁺ t, and (F + λ)⁻¹ ∇L is Jᵀ (γ − L (M + λ)⁻¹ t) / λ.
 */
function solveOutside(
  gram: GramValues,
  l: Float64Array,
  system: Float64Array,
  gamma: Float64Array,
  damping: number,
  c: Float64Array,
): number {
  const d = c.length;
  const columns = l.length / d;
  const moved = gram.kind === 'diagonal' ? gamma.map((x, i) => gram.values[i] * x) : times(gram.values, gamma, d);
  const t = new Float64Array(columns);
  for (let i = 0; i < d; i++) for (let k = 0; k < columns; k++) t[k] += l[i * columns + k] * moved[i];
  const { x, rank } = solveSymmetric(system, columns, t, damping);
  if (damping === 0) {
    c.set(times(l, solveSymmetric(system, columns, x).x, d));
    return rank;
  }
  const seen = times(l, x, d);
  for (let i = 0; i < d; i++) c[i] = (gamma[i] - seen[i]) / damping;
  return rank;
}

/** a x, a row-major with d rows. */
function times(a: Float64Array, x: Float64Array, d: number): Float64Array {
  const columns = x.length;
  const result = new Float64Array(d);
  for (let i = 0; i < d; i++) for (let k = 0; k < columns; k++) result[i] += a[i * columns + k] * x[k];
  return result;
}

/** The condition number of Lᵀ G L + damping, the Fisher information on the directions that count; null where not known. */
export function predictorCondition(gram: GramValues, metric: Metric, d: number, damping: number): number | null {
  if (metric.kind === 'scalar') {
    const system = gram.values.map((value) => metric.value * value);
    const stride = gram.kind === 'diagonal' ? 1 : d + 1;
    for (let k = 0; k < system.length; k += stride) system[k] += damping;
    return gram.kind === 'diagonal' ? diagonalCondition(system) : conditionNumber(system, d);
  }
  if (d > LARGEST_FACTORED) return null;
  const { factor, columns } = factorOf(metric, d);
  const system = congruence(gram, factor.values, d, columns);
  for (let k = 0; k < columns; k++) system[k * columns + k] += damping;
  return conditionNumber(system, columns);
}

function solveMetric(metric: Metric, c: Float64Array): boolean {
  if (metric.kind === 'scalar') {
    for (let i = 0; i < c.length; i++) c[i] /= metric.value;
    return true;
  }
  const factor = metric.values.slice();
  if (!factorCholesky(factor, c.length)) return false;
  solveCholesky(factor, c.length, c);
  return true;
}

function solveGram(gram: GramValues, c: Float64Array): boolean {
  const d = c.length;
  if (gram.kind === 'diagonal') {
    const cutoff = 1e-12 * gram.values.reduce((a, b) => Math.max(a, b), 0);
    if (gram.values.some((value) => !(value > cutoff))) return false;
    for (let i = 0; i < d; i++) c[i] /= gram.values[i];
    return true;
  }
  const factor = gram.values.slice();
  if (!factorCholesky(factor, d)) return false;
  solveCholesky(factor, d, c);
  return true;
}

interface Factor {
  /** L, row-major [d, columns]. */
  values: Float64Array;
  /** L⁻¹ γ. */
  inverse(gamma: Float64Array): Float64Array;
}

/** H = L Lᵀ: Cholesky where H has full rank, otherwise its eigenvectors with eigenvalues above the cutoff. */
function factorOf(metric: Metric, d: number): { factor: Factor; columns: number } {
  if (metric.kind === 'scalar') {
    const root = Math.sqrt(metric.value);
    const values = new Float64Array(d * d);
    for (let i = 0; i < d; i++) values[i * d + i] = root;
    return { factor: { values, inverse: (gamma) => gamma.map((x) => x / root) }, columns: d };
  }
  const lower = metric.values.slice();
  if (factorCholesky(lower, d)) {
    for (let i = 0; i < d; i++) lower.fill(0, i * d + i + 1, (i + 1) * d);
    const inverse = (gamma: Float64Array) => {
      const b = gamma.slice();
      solveLower(lower, d, b);
      return b;
    };
    return { factor: { values: lower, inverse }, columns: d };
  }
  const { values, columns, inverse } = eigenFactor(metric.values, d);
  return { factor: { values, inverse }, columns };
}

/** Lᵀ G L, [columns, columns]. */
function congruence(gram: GramValues, l: Float64Array, d: number, columns: number): Float64Array {
  const gl = new Float64Array(d * columns);
  for (let i = 0; i < d; i++) {
    if (gram.kind === 'diagonal') {
      for (let k = 0; k < columns; k++) gl[i * columns + k] = gram.values[i] * l[i * columns + k];
      continue;
    }
    for (let j = 0; j < d; j++) {
      const g = gram.values[i * d + j];
      for (let k = 0; k < columns; k++) gl[i * columns + k] += g * l[j * columns + k];
    }
  }
  const result = new Float64Array(columns * columns);
  for (let i = 0; i < d; i++) {
    for (let a = 0; a < columns; a++) {
      const left = l[i * columns + a];
      if (left === 0) continue;
      for (let b = 0; b < columns; b++) result[a * columns + b] += left * gl[i * columns + b];
    }
  }
  return result;
}
