/** What theory says of the cells of a grid, over their seeds. */
import type { Comparison, RunIdentity, RunResult, Theory } from '../results.ts';
import type { Cell } from './cells.ts';
import { counts } from './endings.ts';
import { type Spread, spreadOf } from './spread.ts';
import type { Unit } from './text.ts';

/** What theory says of each run, by its position in the grid. */
export function comparisonsOf(theories: readonly Theory[]): Map<number, Record<string, Comparison>> {
  return new Map(theories.flatMap(({ comparisons }) => comparisons.map(({ run, to }) => [run, to] as const)));
}

/** How a run is compared: by an angle to a direction, a distance to a point, what is left of a condition. */
export type Kind = 'angle' | 'distance' | 'residual';

/** Something that theory names. */
export interface Target {
  name: string;
  kind: Kind;
  /** What it means, and its source; its name where that was not told. */
  meaning: string;
}

/** One cell against everything that theory names. */
export interface TheoryRow<Run extends RunIdentity> {
  cell: Cell<Run>;
  /** By target; null where the cell has no such target. */
  values: (Spread | null)[];
  /** The target, other than a condition, that the cell is nearest to; null where there is only one. */
  nearest: number | null;
}

/** The unit in which a comparison is shown. */
export const unitOf = ({ kind }: Target): Unit => (kind === 'angle' ? 'angle' : 'number');

/** How far the cells are from what theory names: predictors first, then conditions. Diverged runs are nowhere. */
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
      return result === undefined || counts(result);
    });
  const kinds = new Map<string, Kind>();
  for (const { runs } of cells) {
    for (const { id } of counted(runs)) {
      for (const [name, one] of Object.entries(byRun.get(id) ?? {})) kinds.set(name, kindOf(one));
    }
  }
  const targets = [...kinds]
    .map(([name, kind]) => ({ name, kind, meaning: meanings.get(name) ?? name }))
    .sort((a, b) => Number(a.kind === 'residual') - Number(b.kind === 'residual'));
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

function kindOf(one: Comparison): Kind {
  return 'angle' in one ? 'angle' : 'distance' in one ? 'distance' : 'residual';
}

function amountOf(one: Comparison | undefined): number | null {
  if (!one) return null;
  return 'angle' in one ? one.angle : 'distance' in one ? one.distance : one.residual;
}
