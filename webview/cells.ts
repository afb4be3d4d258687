import type { GridPlan, RunIdentity, SweepPoint } from '../extension/lab/results.ts';
import type { Preferences } from './preferences.ts';

/** The runs of one parameterization under one optimizer: its seeds. The unit that every chart compares. */
export interface Cell {
  parameterization: string;
  optimizer: string;
  /** By seed, in the grid's order. */
  runs: RunIdentity[];
}

/** Says a sweep's point, for example `depth 3, noise 0.1`. */
export function pointName(point: SweepPoint): string {
  return Object.entries(point)
    .map(([axis, value]) => `${axis} ${value}`)
    .join(', ');
}

/** Key of a sweep's point that does not depend on the order of its axes. */
function pointKey(point: SweepPoint | null | undefined): string {
  return point ? JSON.stringify(Object.entries(point).sort(([a], [b]) => (a < b ? -1 : 1))) : '';
}

/** The cells at one point of the sweep, by parameterization, then by optimizer; empty cells are left out. */
export function cellsOf(grid: GridPlan, point = 0): Cell[] {
  const wanted = grid.points.length > 1 ? pointKey(grid.points[Math.min(point, grid.points.length - 1)]) : null;
  const runs = grid.runs.filter((run) => wanted === null || pointKey(run.point) === wanted);
  return grid.parameterizations
    .flatMap((parameterization) =>
      grid.optimizers.map(({ name: optimizer }) => ({
        parameterization,
        optimizer,
        runs: runs.filter((run) => run.parameterization === parameterization && run.optimizer === optimizer),
      })),
    )
    .filter((cell) => cell.runs.length > 0);
}

/** The cells that the legend leaves switched on. */
export function visibleCells(cells: readonly Cell[], preferences: Preferences): Cell[] {
  return cells.filter(
    (cell) =>
      !preferences.hiddenParameterizations.includes(cell.parameterization) &&
      !preferences.hiddenOptimizers.includes(cell.optimizer),
  );
}
