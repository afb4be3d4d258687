/** How runs end, and which runs are included in averages. */
import type { Quantities, RunIdentity, RunResult } from '../results.ts';

/** How a run with a result can end. Every ending except `finished` is shown in place of the run's numbers. */
export const RUN_ENDINGS = ['finished', 'singular', 'diverged', 'unsolved', 'kink', 'imprecise'] as const;

export type RunEnding = (typeof RUN_ENDINGS)[number];

/** `stopped`: by the user, before its end; `running`: not ended yet. */
export type Ending = RunEnding | 'stopped' | 'running';

/** A larger loss counts as diverged, even if the run ended before it overflowed float64. */
const LARGEST_LOSS = 1e100;

/**
 * How a run that has a result ended. A run whose loss is not finite or above 1e100 counts as diverged, even if it is
 * not marked as such.
 */
export function endingOf(run: RunResult): RunEnding {
  const { train, test } = run;
  // Asked for each run with every drawing of the panel: no list is made.
  if (run.diverged !== undefined || isLost(train) || (test !== null && isLost(test))) return 'diverged';
  if (run.unsolved !== undefined) return 'unsolved';
  if (run.kink !== undefined) return 'kink';
  if (run.imprecise !== undefined) return 'imprecise';
  return run.singular === undefined ? 'finished' : 'singular';
}

const isLost = ({ loss, error }: Quantities): boolean => !(loss <= LARGEST_LOSS) || !Number.isFinite(error);

/**
 * Regular endings of a flow: a singular point, where the flow is no longer defined, and a saddle point, where rounding
 * errors would determine the path.
 */
const OWN_ENDINGS: readonly Ending[] = ['singular', 'imprecise'];

/** Whether a run is included in averages: it finished, or ended regularly before its time. */
export function isAveraged(run: RunResult): boolean {
  const ending = endingOf(run);
  return ending === 'finished' || OWN_ENDINGS.includes(ending);
}

/** Number of runs of a cell or grid by ending. */
export interface Tally extends Record<Ending, number> {
  total: number;
  /** Runs included in averages, including flows that ended early but regularly. */
  counted: number;
}

/**
 * Counts runs by ending.
 * @param isOver whether all work has ended, so that a run without a result was stopped
 */
export function tallyOf(runs: readonly RunIdentity[], results: ReadonlyMap<number, RunResult>, isOver: boolean): Tally {
  const tally = { ...NONE, total: runs.length };
  for (const { id } of runs) {
    const result = results.get(id);
    if (result) tally[endingOf(result)]++;
    else tally[isOver ? 'stopped' : 'running']++;
    if (result && isAveraged(result)) tally.counted++;
  }
  return tally;
}

const NONE: Tally = {
  ...{ total: 0, counted: 0, stopped: 0, running: 0 },
  ...{ finished: 0, singular: 0, diverged: 0, unsolved: 0, kink: 0, imprecise: 0 },
};

/** The sum of several tallies. */
export function sumOf(tallies: readonly Tally[]): Tally {
  const sum = { ...NONE };
  for (const tally of tallies) for (const name of Object.keys(NONE) as (keyof Tally)[]) sum[name] += tally[name];
  return sum;
}

/** Phrases that follow a number of runs. Finished and running runs are not mentioned. */
const WORDS = {
  diverged: 'diverged',
  unsolved: 'not solved',
  kink: 'ended at a kink',
  imprecise: 'ended at the limit of float64',
  singular: 'singular',
  stopped: 'stopped',
} as const;

/** Runs that did not finish: `3 of 8 diverged, 1 stopped`; empty if all runs finished or are running. */
export function tallyText(tally: Tally): string {
  return textOf(tally, Object.keys(WORDS) as (keyof typeof WORDS)[]);
}

/** Like {@link tallyText}, but without runs that are averaged: explains why an average has fewer runs than seeds. */
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

/** `5 of 8` if not all runs are averaged; empty otherwise. */
export function countedText({ counted, total, running }: Tally): string {
  return counted + running === total ? '' : `${counted} of ${total}`;
}
