/**
 * A natural gradient as a least-squares problem: F = unit · Aᵀ A and ∇L = unit · Aᵀ b, so that (F + λ)⁻¹ ∇L minimizes
 * ‖A δ − b‖² + (λ / unit) ‖δ‖². A has one row per example of the Fisher information, weighted by the square root of its
 * relative curvature. Weights and units are stored as logarithms, so that they do not underflow for small losses.
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
  /** A without weights, and (∂ℓ/∂f) / h, [rows]; null if it is the same system or does not exist. */
  readonly unweighted: { a: Float64Array; b: Float64Array } | null;
}

/** Computes the rows at the parameters in its module's memory. */
export interface FisherRowsProgram {
  readonly module: CompiledModule;
  evaluate(): FisherRows;
}
