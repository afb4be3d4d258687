import { notesOf as notesOfRuns } from '../extension/lab/results/index.ts';
import { typeset } from './format.ts';
import { type Experiment, knownOf } from './state.ts';

/** Notes that qualify the charts. */
export function notesOf(experiment: Experiment): string[] {
  return notesOfRuns(experiment.grid?.runs ?? [], knownOf(experiment)).map(typeset);
}
