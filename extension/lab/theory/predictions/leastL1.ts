/**
 * The minimum-L1-norm fit: among directions with equal margins for the logistic loss, among interpolators for the
 * square loss.
 */
import { leastL1Fit } from '../leastL1.ts';
import type { DataPrediction } from './prediction.ts';

export const leastL1Direction: DataPrediction = {
  from: 'data',
  name: 'least-L1 fit',
  kind: 'direction',
  meaning:
    'The minimum-L1-norm direction with equal margins. Undamped natural gradient flow on u² − v² with the train Fisher ends closer to it for smaller initializations.',
  source: 'Kerekes, Mészáros and Huszár 2021; derived from the definition of the flow',
  predict({ data, rows }) {
    if (data.loss !== 'logistic' || !rows || rows.n > rows.d || rows.rank() < rows.n) return null;
    return leastL1Fit(rows.x, rows.n, rows.d, rows.y);
  },
};

export const leastL1Interpolator: DataPrediction = {
  from: 'data',
  name: 'least-L1 fit',
  kind: 'point',
  meaning: 'Limit of gradient descent on u² − v² as the initialization scale goes to 0.',
  source: 'Woodworth et al. 2020',
  predict({ data, rows }) {
    if (data.loss !== 'square' || !rows || rows.n >= rows.d) return null;
    return leastL1Fit(rows.x, rows.n, rows.d, rows.y);
  },
};
