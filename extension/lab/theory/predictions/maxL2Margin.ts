import { maxL2Margin } from '../maxL2Margin.ts';
import type { DataPrediction } from './prediction.ts';

export const maxL2MarginPrediction: DataPrediction = {
  from: 'data',
  name: 'max L2 margin',
  kind: 'direction',
  meaning: 'Gradient descent on a linear model converges to this direction, with an angle of order 1/log t.',
  source: 'Soudry et al. 2018',
  predict({ data, rows }) {
    if (data.loss !== 'logistic' || !rows) return null;
    return maxL2Margin(rows.x, rows.n, rows.d, rows.y)?.w ?? null;
  },
};
