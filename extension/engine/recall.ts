/** Brings back what is stored of an experiment, without executing anything of the user's. */
import type { Recalled } from '../report/recalled.ts';
import type { ExperimentView } from '../report/view.ts';
import { SnapshotThinning } from './grid/snapshots.ts';
import { batchOf } from './grid/trajectories.ts';
import type { Stored } from './stored/stores.ts';

/**
 * Results of an experiment; null if nothing is stored of them.
 * @param key names one of its records; null for the latest
 */
export function recall(
  file: string,
  experiment: string,
  key: string | null,
  { runs: storedRuns, history }: Stored,
): Recalled | null {
  const record = key === null ? history.latest(file, experiment) : history.at(key);
  if (!record || record.name !== experiment) return null;
  const { grid, runs, theory, claims, summary, outcome, seconds, date, sources, data } = record;
  const found = grid.runs.flatMap((identity, id) => {
    const one = runs[id];
    const run = one && storedRuns.at(one.kind, one.key, identity);
    return run ? [run] : [];
  });
  if (found.length === 0) return null;
  const snapshots = new SnapshotThinning(record.pathBytes);
  const view: ExperimentView = {
    file,
    experiment,
    status: outcome,
    grid,
    samples: found.map(({ samples, result }) => batchOf(result.id, samples, snapshots.of(result.id, samples))),
    runs: found.map(({ result: { parameters: _parameters, ...result } }) => result),
    theory,
    summary,
    claims,
    inspection: null,
    notes: [],
    failure: null,
    seconds,
    finishedAt: outcome === 'finished' ? date : null,
    stale: false,
  };
  return { view, sources, data };
}
