/** How long a run of an experiment will still take, from how quickly its runs have ended so far. */
import { expectedRuns } from '../extension/report/onlySome.ts';
import type { Experiment } from './state.ts';

/** Estimates below this are not told, in seconds. */
const SHORT = 10;
/** Runs that must have ended before one can tell. */
const FEWEST = 3;

export interface Progress {
  /** Seconds that remain; null if they are few or cannot be told. */
  remaining(experiment: Followed, now: number): number | null;
}

type Followed = Pick<Experiment, 'file' | 'experiment' | 'status' | 'stale' | 'runs' | 'grid'>;

/**
 * How long a run would take in which everything has to be trained anew, from what the runs on view took.
 * @param threads that train side by side
 * @returns seconds; null if they are few, if nothing is known, or if there is nothing new to train
 */
export function predictedSeconds(
  { status, stale, runs, grid }: Pick<Experiment, 'status' | 'stale' | 'runs' | 'grid'>,
  threads: number,
): number | null {
  if (!stale || status === 'running' || status === 'loading' || runs.size === 0 || !grid) return null;
  const took = [...runs.values()].map(({ seconds }) => seconds);
  const total = took.reduce((sum, seconds) => sum + seconds, 0) * (grid.runs.length / runs.size);
  const predicted = Math.max(total / Math.min(threads, grid.runs.length), ...took);
  return predicted >= SHORT ? predicted : null;
}

/** Follows the experiment on view. */
export function createProgress(): Progress {
  /** When it was first seen to run, and how many runs had ended then. */
  let began: { of: string; at: number; done: number } | null = null;
  return {
    remaining({ file, experiment, status, stale, runs, grid }, now) {
      const of = JSON.stringify([file, experiment]);
      if (status !== 'running' || stale) {
        began = null;
        return null;
      }
      if (began?.of !== of || runs.size < began.done) began = { of, at: now, done: runs.size };
      // Runs that come from the store are there at once.
      const stored = [...runs.values()].filter((run) => run.stored !== undefined).length;
      const done = runs.size - Math.max(began.done, stored);
      const left = grid ? expectedRuns(grid, runs.keys()) - runs.size : 0;
      if (done < FEWEST || left <= 0) return null;
      const seconds = ((now - began.at) / 1000 / done) * left;
      return seconds >= SHORT ? seconds : null;
    },
  };
}
