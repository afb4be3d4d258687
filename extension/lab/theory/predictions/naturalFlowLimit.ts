import { naturalFlowLimit } from '../naturalFlowLimit.ts';
import { followsNaturalFlow, mayReachNaturalLimit, movesFreely } from '../run.ts';
import type { StartPrediction } from './prediction.ts';

export const naturalFlowLimitPrediction: StartPrediction = {
  from: 'start',
  name: 'natural flow limit',
  kind: 'direction',
  meaning:
    'Undamped natural gradient flow with the train Fisher converges to this direction from this initialization for every parameterization, while ∂w/∂θ has full rank, with an angle of order 1/t.',
  source: 'Kerekes, Mészáros and Huszár 2021; derived from the definition of the flow',
  holdsFor(run, { data, rows }, seed) {
    if (data.loss !== 'logistic' || !rows || rows.n <= rows.d) return false;
    return mayReachNaturalLimit(run) && movesFreely(data, run, seed);
  },
  predict({ rows }, start) {
    if (!rows || rows.rank() < rows.d) return null;
    return naturalFlowLimit(rows.x, rows.n, rows.d, rows.y, start);
  },
  isApproachedBy: (run) => followsNaturalFlow(run, 'train'),
};
