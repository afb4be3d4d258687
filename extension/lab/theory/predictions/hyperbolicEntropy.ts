import { hyperbolicEntropyFit } from '../hyperbolicEntropyFit.ts';
import { squareDifferenceStart } from '../squareDifference.ts';
import type { RunPrediction } from './prediction.ts';

/** The minimum-hyperbolic-entropy interpolator, for u² − v² with the square loss. */
export const hyperbolicEntropyPrediction: RunPrediction = {
  from: 'run',
  name: 'least hyperbolic entropy',
  kind: 'point',
  meaning:
    'Limit of gradient flow on u² − v² from its initialization; interpolates between the minimum L1 and the minimum L2 norm.',
  source: 'Woodworth et al. 2020',
  predict({ data, rows }, { program }, seed) {
    if (data.loss !== 'square' || !rows || rows.n >= rows.d) return null;
    const alpha = squareDifferenceStart(program, seed);
    return alpha && hyperbolicEntropyFit(rows.x, rows.n, rows.d, rows.y, alpha);
  },
};
