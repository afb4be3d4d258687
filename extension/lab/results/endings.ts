/** How runs end, and which of them count. */
import type { RunIdentity, RunResult } from '../results.ts';

/** How a run with a result can end; each but `finished` is said wherever its numbers would be. */
export const RUN_ENDINGS = ['finished', 'singular', 'diverged', 'unsolved', 'kink', 'imprecise'] as const;

export type RunEnding = (typeof RUN_ENDINGS)[number];

/** `stopped`: by the user, before its end; `running`: it goes on. */
export type Ending = RunEnding | 'stopped' | 'running';

/** A loss that is larger is on its way out of float64, whether or not the steps were enough to get there. */
const LARGEST_LOSS = 1e100;

/**
 * How a run that has a result ended. Whatever it says of itself, one whose loss is not finite, or beyond 1e100 on its way
 * there, has diverged.
 */
export function endingOf(run: RunResult): RunEnding {
  const { train, test } = run;
  const losses = [train.loss, ...(test ? [test.loss] : [])];
  const errors = [train.error, ...(test ? [test.error] : [])];
  const isLost = losses.some((loss) => !(loss <= LARGEST_LOSS)) || !errors.every(Number.isFinite);
  if (run.diverged !== undefined || isLost) return 'diverged';
  return (
    (['unsolved', 'kink', 'imprecise', 'singular'] as const).find((ending) => run[ending] !== undefined) ?? 'finished'
  );
}

/** Endings of a flow's own: at a singular point it has no way on, and near a saddle that only exact arithmetic keeps it rests. */
const OWN_ENDINGS: readonly Ending[] = ['singular', 'imprecise'];

/** Whether a run's numbers are averaged: it came to its end, or to one of its own. */
export const counts = (run: RunResult): boolean => endingOf(run) === 'finished' || OWN_ENDINGS.includes(endingOf(run));

/** How the runs of a cell, or of a grid, ended. */
export interface Tally extends Record<Ending, number> {
  total: number;
  /** Those that are averaged, flows with an ending of their own among them. */
  counted: number;
}

/**
 * Counts how runs ended.
 * @param isOver whether nothing runs any more: a run without a result was stopped
 */
export function tallyOf(runs: readonly RunIdentity[], results: ReadonlyMap<number, RunResult>, isOver: boolean): Tally {
  const tally = { ...NONE, total: runs.length };
  for (const { id } of runs) {
    const result = results.get(id);
    if (result) tally[endingOf(result)]++;
    else tally[isOver ? 'stopped' : 'running']++;
    if (result && counts(result)) tally.counted++;
  }
  return tally;
}

const NONE: Tally = {
  ...{ total: 0, counted: 0, stopped: 0, running: 0 },
  ...{ finished: 0, singular: 0, diverged: 0, unsolved: 0, kink: 0, imprecise: 0 },
};

/** The tallies of several groups of runs as one. */
export function sumOf(tallies: readonly Tally[]): Tally {
  const sum = { ...NONE };
  for (const tally of tallies) for (const name of Object.keys(NONE) as (keyof Tally)[]) sum[name] += tally[name];
  return sum;
}

/** The words for endings, as they follow a number of runs; nothing is said of those that finished, or still may. */
const WORDS = {
  diverged: 'diverged',
  unsolved: 'not solved',
  kink: 'ended at a kink',
  imprecise: 'ended at the limit of float64',
  singular: 'singular',
  stopped: 'stopped',
} as const;

/** What is not as it should be: `3 of 8 diverged, 1 stopped`; empty where all runs finished, or still may. */
export function tallyText(tally: Tally): string {
  return textOf(tally, Object.keys(WORDS) as (keyof typeof WORDS)[]);
}

/** The same without the runs that are averaged all the same: why numbers are of fewer runs than were asked for. */
export function lossesText(tally: Tally): string {
  return textOf(
    tally,
    (Object.keys(WORDS) as (keyof typeof WORDS)[]).filter((ending) => !OWN_ENDINGS.includes(ending)),
  );
}

function textOf(tally: Tally, endings: readonly (keyof typeof WORDS)[]): string {
  return endings
    .filter((ending) => tally[ending] > 0)
    .map((ending, i) => `${tally[ending]}${i === 0 ? ` of ${tally.total}` : ''} ${WORDS[ending]}`)
    .join(', ');
}

/** `5 of 8` where not all runs are averaged; empty otherwise. */
export function countedText({ counted, total, running }: Tally): string {
  return counted + running === total ? '' : `${counted} of ${total}`;
}
