import type { RunIdentity, RunResult, SampleBatch } from '../lab/results.ts';
import type { RunDetails } from '../report/details.ts';
import type { Results } from '../report/events.ts';
import type { GridPlan } from '../report/grid.ts';

/** An experiment whose runs have ended. */
export interface ExportedExperiment {
  /** The lab file, as the user names it. */
  file: string;
  grid: GridPlan;
  results: Results;
  /** By the run's id. */
  details: ReadonlyMap<number, RunDetails>;
}

/** A run, with its number in all tables of an export. */
export interface ExportedRun {
  number: number;
  experiment: ExportedExperiment;
  result: RunResult;
  curve: SampleBatch | undefined;
  details: RunDetails | undefined;
}

/** The runs of all experiments, in the order of the grids, numbered from 0. */
export function runsOf(experiments: readonly ExportedExperiment[]): ExportedRun[] {
  const runs = experiments.flatMap((experiment) => {
    const { results, details, grid } = experiment;
    const curves = new Map(results.samples.map((curve) => [curve.run, curve]));
    const ended = new Map(results.runs.map((run) => [run.id, run]));
    return grid.runs.flatMap(({ id }: RunIdentity) => {
      const result = ended.get(id);
      return result ? [{ experiment, result, curve: curves.get(id), details: details.get(id) }] : [];
    });
  });
  return runs.map((run, number) => ({ number, ...run }));
}
