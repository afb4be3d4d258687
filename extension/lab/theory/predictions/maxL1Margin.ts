import { maxL1Margin } from '../leastL1.ts';
import type { DataPrediction } from './prediction.ts';

export const maxL1MarginPrediction: DataPrediction = {
  from: 'data',
  name: 'max L1 margin',
  kind: 'direction',
  meaning: 'Gradient descent on u² − v² slowly converges to this direction from any positive initialization.',
  source: 'Gunasekar et al. 2018; Lyu and Li 2020',
  predict({ data, rows }) {
    if (data.loss !== 'logistic' || !rows) return null;
    return maxL1Margin(rows.x, rows.n, rows.d, rows.y);
  },
};
