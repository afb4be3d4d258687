/** Finds the runs that are others each time their file is loaded: their results could never be found again. */
import type { RunPlan } from '../../lab/run.ts';
import type { Identified } from '../stored/endedExperiment.ts';
import type { ExperimentRecord } from '../stored/experimentRecord.ts';
import { keyOf } from '../stored/storedRuns.ts';
import type { PlannedFile } from './planned.ts';

/** Runs that are not stored, by id, and what is said of them. */
export interface Volatile {
  runs: ReadonlySet<number>;
  note: string | null;
}

export const NONE_VOLATILE: Volatile = { runs: new Set(), note: null };

/**
 * Whether an experiment may be another one at its next loading: it has asked for values that differ from call to call,
 * or it has other keys than the last time although nothing has changed that it is made of.
 * @param before the last record of the experiment
 * @param after the record that it would have now
 */
export function isSuspicious(volatile: readonly string[], before: ExperimentRecord | null, after: Identified): boolean {
  if (volatile.length > 0) return true;
  if (!before?.runs.some((run, id) => run && run.key !== after.keys[id])) return false;
  const parts = ({ version, sources, data, grid: { runs, steps } }: Omit<Identified, 'keys'>) =>
    JSON.stringify([version, sources, data, runs, steps]);
  return parts(before) === parts(after);
}

/**
 * Compares an experiment with what a second loading of its file gave.
 * @param again null if the second loading failed
 */
export function volatileRuns(
  { plan: { runs }, dependencies: { volatile } }: PlannedFile,
  again: readonly RunPlan[] | null,
): Volatile {
  const isOther = (run: RunPlan, position: number) => {
    const other = again?.[position];
    return !other || keyOf(other) !== keyOf(run);
  };
  const ids = runs.filter(isOther).map(({ identity }) => identity.id);
  if (ids.length === 0) return NONE_VOLATILE;
  const count = ids.length === runs.length ? 'The runs are' : `${ids.length} of ${runs.length} runs are`;
  const cause = volatile.length > 0 ? ` (it calls ${volatile.join(', ')})` : '';
  return {
    runs: new Set(ids),
    note: `${count} not stored: the file defines them differently each time it is loaded${cause}.`,
  };
}
