/** How runs end, and which of them count. */
import type { RunIdentity, RunResult } from '../results.ts';

/** `stopped`: by the user, before its end; `running`: it goes on. */
export type Ending = 'finished' | 'singular' | 'diverged' | 'stopped' | 'running';

/** A loss that is larger is on its way out of float64, whether or not the steps were enough to get there. */
const LARGEST_LOSS = 1e100;

/**
 * How a run that has a result ended. Whatever it says of itself, one whose loss is not finite, or beyond 1e100 on its way
 * there, has diverged.
 */
export function endingOf({ diverged, singular, train, test }: RunResult): 'finished' | 'singular' | 'diverged' {
  const losses = [train.loss, ...(test ? [test.loss] : [])];
  const errors = [train.error, ...(test ? [test.error] : [])];
  const isLost = losses.some((loss) => !(loss <= LARGEST_LOSS)) || !errors.every(Number.isFinite);
  if (diverged !== undefined || isLost) return 'diverged';
  return singular === undefined ? 'finished' : 'singular';
}

/** Whether a run's numbers are averaged: it came to an end of its own. A flow that met a singular point did, there. */
export const counts = (run: RunResult): boolean => endingOf(run) !== 'diverged';

/** How the runs of a cell, or of a grid, ended. */
export interface Tally {
  total: number;
  /** Those that are averaged, singular ones among them. */
  counted: number;
  singular: number;
  diverged: number;
  stopped: number;
  running: number;
}

/**
 * Counts how runs ended.
 * @param isOver whether nothing runs any more: a run without a result was stopped
 */
export function tallyOf(runs: readonly RunIdentity[], results: ReadonlyMap<number, RunResult>, isOver: boolean): Tally {
  const tally: Tally = { total: runs.length, counted: 0, singular: 0, diverged: 0, stopped: 0, running: 0 };
  for (const { id } of runs) {
    const result = results.get(id);
    if (!result) tally[isOver ? 'stopped' : 'running']++;
    else if (counts(result)) tally.counted++;
    if (!result) continue;
    const ending = endingOf(result);
    if (ending !== 'finished') tally[ending]++;
  }
  return tally;
}

/** What is not as it should be: `3 of 8 diverged, 1 stopped`; empty where all runs finished, or still may. */
export function tallyText({ total, singular, diverged, stopped }: Tally): string {
  const parts = [
    [diverged, 'diverged'],
    [singular, 'singular'],
    [stopped, 'stopped'],
  ] as const;
  return parts
    .filter(([number]) => number > 0)
    .map(([number, word], i) => (i === 0 ? `${number} of ${total} ${word}` : `${number} ${word}`))
    .join(', ');
}

/** `5 of 8` where not all runs are averaged; empty otherwise. */
export function countedText({ counted, total, running }: Tally): string {
  return counted + running === total ? '' : `${counted} of ${total}`;
}
