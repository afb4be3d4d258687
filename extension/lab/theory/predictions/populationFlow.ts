import { populationFlowCompletion } from '../populationFlow.ts';
import { followsNaturalFlow, mayReachNaturalLimit, movesFreely } from '../run.ts';
import type { StartPrediction } from './prediction.ts';

/** It costs nothing, and has no limit of size. */
export const populationFlowPrediction: StartPrediction = {
  from: 'start',
  name: 'population flow',
  kind: 'point',
  meaning:
    'Natural gradient flow with the population Fisher tends here from this start at any depth, while ∂W/∂θ keeps full rank: it never moves an unobserved entry.',
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
