import { populationFlowCompletion } from '../populationFlow.ts';
import { followsNaturalFlow, mayReachNaturalLimit, movesFreely } from '../run.ts';
import type { StartPrediction } from './prediction.ts';

/** Cheap to compute, therefore without a size limit. */
export const populationFlowPrediction: StartPrediction = {
  from: 'start',
  name: 'population flow',
  kind: 'point',
  meaning:
    'Natural gradient flow with the population Fisher converges to this completion from this initialization at any depth, while ∂W/∂θ has full rank: unobserved entries do not change.',
  source: 'Kerekes, Mészáros and Huszár 2021; derived from the definition of the flow',
  holdsFor(run, { data }, seed) {
    return data.train.kind === 'entries' && mayReachNaturalLimit(run) && movesFreely(data, run, seed);
  },
  predict({ data: { train, trainTargets, predictorShape } }, start) {
    if (train.kind !== 'entries') return null;
    const [rows, columns] = predictorShape;
    return populationFlowCompletion(start, train.indices, trainTargets, rows, columns, Number.POSITIVE_INFINITY);
  },
  isApproachedBy: (run) => followsNaturalFlow(run, 'population'),
};
