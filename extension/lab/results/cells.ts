/** The cells of a grid. A cell groups the runs that differ only in their seed. */
import type { RunIdentity, SweepPoint } from '../results.ts';
import { pointKey } from './points.ts';

/** One parameterization under one optimizer at one point of a sweep. */
export interface Cell<Run extends RunIdentity = RunIdentity> {
  point: SweepPoint | null;
  parameterization: string;
  optimizer: string;
  /** One run per seed, in the grid's order. */
  runs: Run[];
}

/** Groups the runs of a grid, in their order. */
export function cellsOf<Run extends RunIdentity>(runs: readonly Run[]): Cell<Run>[] {
  const cells = new Map<string, Cell<Run>>();
  for (const run of runs) {
    const { point, parameterization, optimizer } = run;
    const key = JSON.stringify([pointKey(point), parameterization, optimizer]);
    const cell = cells.get(key);
    if (cell) cell.runs.push(run);
    else cells.set(key, { point, parameterization, optimizer, runs: [run] });
  }
  return [...cells.values()];
}

/** The cells at one of several sweep points; all cells if there is at most one point. */
export function cellsAt<Run extends RunIdentity>(
  runs: readonly Run[],
  points: readonly SweepPoint[],
  index: number,
): Cell<Run>[] {
  const cells = cellsOf(runs);
  if (points.length < 2) return cells;
  const wanted = pointKey(points[Math.min(index, points.length - 1)] ?? null);
  return cells.filter(({ point }) => pointKey(point) === wanted);
}

/** Describes a cell, for example `u² − v² · GD`, with its point in a sweep. */
export function describeCell({ point, parameterization, optimizer }: Omit<Cell, 'runs'>): string {
  return [...Object.entries(point ?? {}).map(([axis, value]) => `${axis} ${value}`), parameterization, optimizer].join(
    ' · ',
  );
}
