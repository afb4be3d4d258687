/** The jobs of `depth-lab bench` in their lab files, and the loss that the peers report of them. */
import type { GridPlan } from '../report/grid.ts';

/** Names of the files in `media/benchmark`. The first one has the warm-up. */
export const JOB_FILES = ['jobs.lab.ts', 'large.lab.ts'];

export const WARM_UP = 'warm-up';

/** Name suffix of a copy of each job that takes one step less: the peers report the loss before their last update. */
export const TWIN = ' before the last update';

/** Whether an experiment of these files is a job. */
export function isJob(experiment: string): boolean {
  return experiment !== WARM_UP && !experiment.endsWith(TWIN);
}

/**
 * The mean over the runs, defined as the peers define it: for matrix completion they sum over the observed entries,
 * where the lab averages.
 * @param losses the training loss of each run
 */
export function lossOfPeers(losses: readonly number[], { problem }: GridPlan): number {
  const scale = problem.inputs === 'entries' ? problem.train : 1;
  return (scale * losses.reduce((sum, loss) => sum + loss, 0)) / losses.length;
}
