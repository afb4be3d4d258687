import { naturalFlowLimit } from '../naturalFlowLimit.ts';
import { followsNaturalFlow, mayReachNaturalLimit, movesFreely } from '../run.ts';
import type { StartPrediction } from './prediction.ts';

export const naturalFlowLimitPrediction: StartPrediction = {
  from: 'start',
  name: 'natural flow limit',
  kind: 'direction',
  meaning:
    'Natural gradient flow without damping, with the Fisher information over the training inputs, tends to this direction from this start, whatever the parameterization while ∂w/∂θ keeps full rank, with an angle that shrinks like 1/t.',
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
