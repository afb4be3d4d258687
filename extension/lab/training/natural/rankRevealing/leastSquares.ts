/**
 * A natural gradient as a least-squares problem: F = unit · Aᵀ A and ∇L = unit · Aᵀ b, so that (F + λ)⁻¹ ∇L minimizes
 * ‖A δ − b‖² + (λ / unit) ‖δ‖². A has a row for each example that the Fisher information averages over, weighted by the
 * root of its curvature relative to the largest; weights and units are kept as logarithms, so that neither leaves the
 * range of float64 however small the loss is.
 */
import type { CompiledModule } from '../../../compiler/module.ts';

export interface FisherRows {
  /** A, row-major [rows, p]. */
  readonly a: Float64Array;
  readonly rows: number;
  /** b, [rows]; or ∇L / unit itself, [p], which may lie outside the range of F. */
  readonly target: { kind: 'rows' | 'gradient'; values: Float64Array };
  /** The logarithm of the unit. */
  readonly logUnit: number;
  /** A without weights, and (∂ℓ/∂f) / h, [rows]; null where it is the same system or there is no such form. */
  readonly unweighted: { a: Float64Array; b: Float64Array } | null;
}

/** What computes them at the parameters in its module's memory. */
export interface FisherRowsProgram {
  readonly module: CompiledModule;
  evaluate(): FisherRows;
}
