/** How far the runs are from what theory names, as a table for people. */
import type { Comparison, GridPlan, RunResult, Theory } from '../lab/results.ts';
import { cellsOf, plainTable, spread } from './table.ts';

/** What theory says of each run, by its position in the grid. */
export function comparisonsOf(theories: readonly Theory[]): Map<number, Record<string, Comparison>> {
  return new Map(theories.flatMap(({ comparisons }) => comparisons.map(({ run, to }) => [run, to] as const)));
}

/** One row for each cell of the grid, one column for each target: mean and standard deviation over the seeds. */
export function theoryTable(grid: GridPlan, runs: readonly RunResult[], theories: readonly Theory[]): string {
  const comparisons = comparisonsOf(theories);
  const targets = [...new Set([...comparisons.values()].flatMap((to) => Object.keys(to)))];
  if (targets.length === 0) return '';
  const axes = Object.keys(grid.points[0] ?? {});
  const isAngle = [...comparisons.values()].some((to) => Object.values(to).some((one) => 'angle' in one));
  const rows = plainTable(
    [...axes, 'parameterization', 'optimizer', ...targets],
    [...axes.map(() => 'right' as const), 'left', 'left', ...targets.map(() => 'right' as const)],
  );
  for (const cell of cellsOf(grid, runs)) {
    const [{ point, parameterization, optimizer }] = cell;
    const values = targets.map((target) => {
      const found = cell.map(({ id }) => comparisons.get(id)?.[target]);
      const isDirection = found.some((one) => one && 'angle' in one);
      return spread(
        found.map((one) => one && ('angle' in one ? one.angle : one.distance)),
        isDirection ? 180 / Math.PI : 1,
        isDirection ? '°' : '',
      );
    });
    rows.push([...axes.map((axis) => String(point?.[axis])), parameterization, optimizer, ...values]);
  }
  const what = isAngle ? 'Angle to the directions that theory names' : 'Relative distance to what theory names';
  return `  ${what}:\n${rows.toString()}`;
}
