import { minimumNormFit } from '../minimumNormFit.ts';
import type { DataPrediction } from './prediction.ts';

export const leastSquares: DataPrediction = {
  from: 'data',
  name: 'least squares',
  kind: 'point',
  meaning: 'Every optimizer that finds the least loss of a predictor that can be any vector ends here.',
  source: 'Gauss 1809',
  predict({ data, rows }) {
    if (data.loss !== 'square' || !rows || rows.n < rows.d) return null;
    // With dependent columns many predictors share the least loss.
    return rows.rank() < rows.d ? null : minimumNormFit(rows.x, rows.n, rows.d, rows.y);
  },
};
