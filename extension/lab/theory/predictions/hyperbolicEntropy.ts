import { hyperbolicEntropyFit } from '../hyperbolicEntropyFit.ts';
import { squareDifferenceStart } from '../squareDifference.ts';
import type { RunPrediction } from './prediction.ts';

/** The interpolator of least hyperbolic entropy, for u² − v² under the square loss. */
export const hyperbolicEntropyPrediction: RunPrediction = {
  from: 'run',
  name: 'least hyperbolic entropy',
  kind: 'point',
  meaning: 'Gradient flow on u² − v² tends here from its start: between the least L1 and the least L2 norm.',
  source: 'Woodworth et al. 2020',
  predict({ data, rows }, { program }, seed) {
    if (data.loss !== 'square' || !rows || rows.n >= rows.d) return null;
    const alpha = squareDifferenceStart(program, seed);
    return alpha && hyperbolicEntropyFit(rows.x, rows.n, rows.d, rows.y, alpha);
  },
};
