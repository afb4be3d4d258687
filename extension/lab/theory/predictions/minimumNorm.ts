/** X⁺y: under the logistic loss the direction of equal margins, under the square loss an interpolator. */
import { minimumNormFit } from '../minimumNormFit.ts';
import type { DataPrediction } from './prediction.ts';

export const minimumNormDirection: DataPrediction = {
  from: 'data',
  name: 'minimum-norm fit',
  kind: 'direction',
  meaning:
    'Natural gradient descent without damping, with the Fisher information over the training inputs, keeps a linear model from 0 on this direction: all margins are equal.',
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
    'Gradient descent, and natural gradient descent with the Fisher information over the training inputs, tend here with a linear model from 0: of all interpolators the one of least L2 norm.',
  source: 'Penrose 1955; Gunasekar et al. 2018',
  predict({ data, rows }) {
    if (data.loss !== 'square' || !rows || rows.n >= rows.d) return null;
    return minimumNormFit(rows.x, rows.n, rows.d, rows.y);
  },
};
