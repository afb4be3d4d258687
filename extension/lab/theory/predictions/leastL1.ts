/** The fit of least L1 norm: under the logistic loss among the directions of equal margins, else among interpolators. */
import { leastL1Fit } from '../leastL1.ts';
import type { DataPrediction } from './prediction.ts';

export const leastL1Direction: DataPrediction = {
  from: 'data',
  name: 'least-L1 fit',
  kind: 'direction',
  meaning:
    'Of all directions with equal margins the one of least L1 norm: natural gradient flow on u² − v², without damping and over the training inputs, ends the nearer to it the smaller its start is.',
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
  meaning: 'Gradient descent on u² − v² tends here as its start goes to 0.',
  source: 'Woodworth et al. 2020',
  predict({ data, rows }) {
    if (data.loss !== 'square' || !rows || rows.n >= rows.d) return null;
    return leastL1Fit(rows.x, rows.n, rows.d, rows.y);
  },
};
