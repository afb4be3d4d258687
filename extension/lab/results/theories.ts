/** Comparison of cells with theoretical predictions, aggregated over seeds. */
import type { Comparison, RunIdentity, RunResult, Theory } from '../results.ts';
import type { Cell } from './cells.ts';
import { isAveraged } from './endings.ts';
import { type Spread, spreadOf } from './spread.ts';
import type { Unit } from './text.ts';

/** The comparisons of each run, by its position in the grid. */
export function comparisonsOf(theories: readonly Theory[]): Map<number, Record<string, Comparison>> {
  return new Map(theories.flatMap(({ comparisons }) => comparisons.map(({ run, to }) => [run, to] as const)));
}

/** How a run is compared: by the angle to a direction, the distance to a point, or the residual of a condition. */
export type Kind = 'angle' | 'distance' | 'residual';

/** A theoretical prediction. */
export interface Target {
  name: string;
  kind: Kind;
  /** Its meaning and source; its name if these are unknown. */
  meaning: string;
}

/** One cell compared with all predictions. */
export interface TheoryRow<Run extends RunIdentity> {
  cell: Cell<Run>;
  /** By target; null if the target does not apply to the cell. */
  values: (Spread | null)[];
  /** Index of the nearest target that is not a condition; null if there are fewer than two. */
  nearest: number | null;
}

/** The unit in which a comparison is shown. */
export const unitOf = ({ kind }: Target): Unit => (kind === 'angle' ? 'angle' : 'number');

/** Compares cells with theoretical predictions: predictors first, then conditions. Diverged runs are excluded. */
export function theoryRows<Run extends RunIdentity>(
  cells: readonly Cell<Run>[],
  theories: readonly Theory[],
  results: ReadonlyMap<number, RunResult>,
): { targets: Target[]; rows: TheoryRow<Run>[] } {
  const byRun = comparisonsOf(theories);
  const meanings = new Map(
    theories.flatMap(({ targets, conditions }) =>
      [...targets, ...conditions].map(({ name, meaning, source }) => [name, `${meaning}\n${source}`] as const),
    ),
  );
  const counted = (runs: readonly Run[]) =>
    runs.filter(({ id }) => {
      const result = results.get(id);
      return result === undefined || isAveraged(result);
    });
  const order = orderOf(theories);
  const kinds = new Map<string, Kind>();
  for (const { runs } of cells) {
    for (const { id } of counted(runs)) {
      for (const [name, one] of Object.entries(byRun.get(id) ?? {})) kinds.set(name, kindOf(one));
    }
  }
  const targets = [...kinds]
    .map(([name, kind]) => ({ name, kind, meaning: meanings.get(name) ?? name }))
    .sort((a, b) => Number(a.kind === 'residual') - Number(b.kind === 'residual') || order(a.name, b.name));
  const rows = cells.map((cell) => {
    const values = targets.map(({ name }) =>
      spreadOf(counted(cell.runs).map(({ id }) => amountOf(byRun.get(id)?.[name]))),
    );
    const known = values.flatMap((at, column) =>
      at && targets[column]?.kind !== 'residual' ? [{ column, mean: at.mean }] : [],
    );
    const best = known.length > 1 ? known.reduce((a, b) => (b.mean < a.mean ? b : a)) : null;
    return { cell, values, nearest: best?.column ?? null };
  });
  return { targets, rows };
}

/** Compares names by their places among the predictions of a theory, whichever theory became known first. */
function orderOf(theories: readonly Theory[]): (a: string, b: string) => number {
  const places = new Map<string, number>();
  for (const { targets, conditions } of theories) {
    for (const [i, { name }] of [...targets, ...conditions].entries())
      places.set(name, Math.min(i, places.get(name) ?? i));
  }
  return (a, b) => {
    const [first, second] = [places.get(a), places.get(b)];
    if (first === undefined || second === undefined) return Number(first === undefined) - Number(second === undefined);
    return first - second || (a < b ? -1 : Number(a > b));
  };
}

function kindOf(one: Comparison): Kind {
  return 'angle' in one ? 'angle' : 'distance' in one ? 'distance' : 'residual';
}

function amountOf(one: Comparison | undefined): number | null {
  if (!one) return null;
  return 'angle' in one ? one.angle : 'distance' in one ? one.distance : one.residual;
}
