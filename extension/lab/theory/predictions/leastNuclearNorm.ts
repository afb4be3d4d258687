import { LARGEST_COMPLETION } from '../dataLimits.ts';
import { leastNuclearNorm } from '../leastNuclearNorm.ts';
import { isOnlyMinimizer } from '../nuclearUniqueness.ts';
import type { DataPrediction } from './prediction.ts';

/** How close to its minimum a nuclear norm must be proven to be, to be shown as the least one. */
const LARGEST_GAP = 1e-4;

export const leastNuclearNormPrediction: DataPrediction = {
  from: 'data',
  name: 'least nuclear norm',
  kind: 'point',
  meaning:
    'Gradient flow over a product of two matrices was conjectured to tend here as its start goes to 0; deeper products prefer low rank still more.',
  source: 'Gunasekar et al. 2017; Arora et al. 2019',
  predict({ data: { train, trainTargets, predictorShape } }) {
    const [rows, columns] = predictorShape;
    if (train.kind !== 'entries' || rows * columns > LARGEST_COMPLETION) return null;
    const fit = leastNuclearNorm(rows, columns, train.indices, trainTargets, { gap: 1e-8, iterations: 1000 });
    return fit.gap <= LARGEST_GAP && isOnlyMinimizer(fit, rows, columns, train.indices) ? fit.w : null;
  },
};
