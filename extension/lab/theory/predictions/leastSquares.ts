import { minimumNormFit } from '../minimumNormFit.ts';
import type { DataPrediction } from './prediction.ts';

export const leastSquares: DataPrediction = {
  from: 'data',
  name: 'least squares',
  kind: 'point',
  meaning: 'The unique minimizer of the loss over all predictors.',
  source: 'Gauss 1809',
  predict({ data, rows }) {
    if (data.loss !== 'square' || !rows || rows.n < rows.d) return null;
    // With linearly dependent columns the minimizer is not unique.
    return rows.rank() < rows.d ? null : minimumNormFit(rows.x, rows.n, rows.d, rows.y);
  },
};
