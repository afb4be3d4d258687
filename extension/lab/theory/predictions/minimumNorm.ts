/** X⁺y: the direction with equal margins for the logistic loss, an interpolator for the square loss. */
import { minimumNormFit } from '../minimumNormFit.ts';
import type { DataPrediction } from './prediction.ts';

export const minimumNormDirection: DataPrediction = {
  from: 'data',
  name: 'minimum-norm fit',
  kind: 'direction',
  meaning:
    'Undamped natural gradient descent with the train Fisher keeps a linear model initialized at 0 on this direction, with equal margins.',
  source: 'Kerekes, Mészáros and Huszár 2021; derived from the definition of the step',
  predict({ data, rows }) {
    if (data.loss !== 'logistic' || !rows || rows.n > rows.d || rows.rank() < rows.n) return null;
    return minimumNormFit(rows.x, rows.n, rows.d, rows.y);
  },
};

export const minimumNormInterpolator: DataPrediction = {
  from: 'data',
  name: 'minimum-norm fit',
  kind: 'point',
  meaning:
    'The minimum-L2-norm interpolator: limit of gradient descent, and of natural gradient descent with the train Fisher, for a linear model initialized at 0.',
  source: 'Penrose 1955; Gunasekar et al. 2018',
  predict({ data, rows }) {
    if (data.loss !== 'square' || !rows || rows.n >= rows.d) return null;
    return minimumNormFit(rows.x, rows.n, rows.d, rows.y);
  },
};
