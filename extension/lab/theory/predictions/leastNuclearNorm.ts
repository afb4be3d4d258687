import { LARGEST_COMPLETION } from '../dataLimits.ts';
import { leastNuclearNorm } from '../leastNuclearNorm.ts';
import { isOnlyMinimizer } from '../nuclearUniqueness.ts';
import type { DataPrediction } from './prediction.ts';

/** Maximum relative duality gap of a completion that is shown as the minimizer. */
const LARGEST_GAP = 1e-4;

export const leastNuclearNormPrediction: DataPrediction = {
  from: 'data',
  name: 'least nuclear norm',
  kind: 'point',
  meaning:
    'Conjectured limit of gradient flow over a product of two matrices as the initialization scale goes to 0; deeper products have a stronger bias towards low rank.',
  source: 'Gunasekar et al. 2017; Arora et al. 2019',
  predict({ data: { train, trainTargets, predictorShape } }) {
    const [rows, columns] = predictorShape;
    if (train.kind !== 'entries' || rows * columns > LARGEST_COMPLETION) return null;
    const fit = leastNuclearNorm(rows, columns, train.indices, trainTargets, { gap: 1e-8, iterations: 1000 });
    return fit.gap <= LARGEST_GAP && isOnlyMinimizer(fit, rows, columns, train.indices) ? fit.w : null;
  },
};
