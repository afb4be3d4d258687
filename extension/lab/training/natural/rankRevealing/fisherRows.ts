/**
 * A natural gradient as a least-squares problem: F = unit · Aᵀ A and ∇L = unit · Aᵀ b, so that (F + λ)⁻¹ ∇L minimizes
 * ‖A δ − b‖² + (λ / unit) ‖δ‖². A has a row for each example that the Fisher information averages over, weighted by the
 * root of its curvature relative to the largest; weights and units are kept as logarithms, so that neither leaves the
 * range of float64 however small the loss is.
 */
import type { CompiledModule } from '../../../compiler/module.ts';
import { sizeOf } from '../../../compiler/shape.ts';
import { type AnyProblemDescription, populationOf } from '../../../problems/index.ts';
import type { Model } from '../../model.ts';
import type { FisherSettings } from '../settings.ts';
import { networkPopulationRows } from './networkPopulationRows.ts';
import { outputRows } from './outputRows.ts';
import { predictorRows } from './predictorRows.ts';

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

export function fisherRows(
  model: Model,
  metric: FisherSettings,
  problem: AnyProblemDescription,
  seed: number,
): FisherRowsProgram {
  const { predictor, data } = model;
  if (metric.fisher === 'population') {
    if (predictor === null) return networkPopulationRows(model, metric, problem, seed);
    return predictorRows(model, metric, problem, seed, populationOf(problem).curvature);
  }
  // With more examples than dimensions the examples are combined before they meet ∂w/∂θ.
  const isTall = predictor !== null && data.train.kind === 'rows' && data.train.count > sizeOf(data.predictorShape);
  return isTall ? predictorRows(model, metric, problem, seed, { kind: 'train' }) : outputRows(model, metric);
}
