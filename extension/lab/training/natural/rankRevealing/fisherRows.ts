/** Chooses the rows of the least-squares problem of a natural gradient. */
import { sizeOf } from '../../../compiler/shape.ts';
import { type AnyProblemDescription, populationOf } from '../../../problems/index.ts';
import type { Model } from '../../model.ts';
import type { FisherSettings } from '../settings.ts';
import type { FisherRowsProgram } from './leastSquares.ts';
import { networkPopulationRows } from './networkPopulationRows.ts';
import { outputRows } from './outputRows.ts';
import { predictorRows } from './predictorRows.ts';

export function fisherRows(
  model: Model,
  settings: FisherSettings,
  problem: AnyProblemDescription,
  seed: number,
): FisherRowsProgram {
  const { predictor, data } = model;
  if (settings.fisher === 'population') {
    if (predictor === null) return networkPopulationRows(model, settings, problem, seed);
    return predictorRows(model, settings, problem, seed, populationOf(problem).curvature);
  }
  // With more examples than dimensions, the examples are combined before multiplying by ∂w/∂θ.
  const isTall = predictor !== null && data.train.kind === 'rows' && data.train.count > sizeOf(data.predictorShape);
  return isTall ? predictorRows(model, settings, problem, seed, { kind: 'train' }) : outputRows(model, settings);
}
