/** A part of an experiment's grid that was run by itself. */
import type { RunIdentity } from '../lab/results.ts';
import type { Cells, GridPlan } from './grid.ts';
import { shownName } from './shownName.ts';

/** Whether a run is one of those that were asked for. */
export function isAmong(
  { parameterization, optimizer }: Pick<RunIdentity, 'parameterization' | 'optimizer'>,
  only: Cells,
): boolean {
  return (
    (only.parameterization === null || only.parameterization === parameterization) &&
    (only.optimizer === null || only.optimizer === optimizer)
  );
}

/** Why nothing can be run. */
export function missingText({ parameterization, optimizer }: Cells): string {
  const parts = [
    ...(parameterization === null ? [] : [`the parameterization '${shownName(parameterization)}'`]),
    ...(optimizer === null ? [] : [`the optimizer '${shownName(optimizer)}'`]),
  ];
  return `no run of this experiment has ${parts.join(' with ')}`;
}

/** How many runs there will be: those that were asked for, and those that are there besides. */
export function expectedRuns({ runs, only }: Pick<GridPlan, 'runs' | 'only'>, ended: Iterable<number>): number {
  if (!only) return runs.length;
  const known = new Set(ended);
  return runs.filter((run) => known.has(run.id) || isAmong(run, only)).length;
}

/**
 * How far a run went that did not end as a whole: `stopped at 12/16`, or `only ‘w = θ’ · 8 of 16 runs` where all has ended
 * that was asked for.
 */
export function partText(
  { runs, only }: Pick<GridPlan, 'runs' | 'only'>,
  ended: readonly number[],
  integer: (count: number) => string = String,
): string {
  const [done, all] = [integer(ended.length), integer(runs.length)];
  if (!only || ended.length < expectedRuns({ runs, only }, ended)) return `stopped at ${done}/${all}`;
  const names = [only.parameterization, only.optimizer].flatMap((name) =>
    name === null ? [] : `‘${shownName(name)}’`,
  );
  return `only ${names.join(' · ')} · ${done} of ${all} runs`;
}
