/** How far the runs are from what theory names, as a table for people. */
import { comparisonsOf } from '../lab/metrics/comparisons.ts';
import type { Comparison, GridPlan, RunResult, Theory } from '../lab/results.ts';
import { cellsOf, plainTable, spread } from './table.ts';

/** One row for each cell of the grid, one column for each target: mean and standard deviation over the seeds. */
export function theoryTable(grid: GridPlan, runs: readonly RunResult[], theories: readonly Theory[]): string {
  const comparisons = comparisonsOf(theories);
  const names = new Map([...comparisons.values()].flatMap((to) => Object.entries(to)));
  const isCondition = (name: string) => 'residual' in (names.get(name) ?? {});
  const targets = [...names.keys()].sort((a, b) => Number(isCondition(a)) - Number(isCondition(b)));
  if (targets.length === 0) return '';
  const axes = Object.keys(grid.points[0] ?? {});
  const all = [...comparisons.values()].flatMap((to) => Object.values(to));
  const kinds = [
    ...(all.some((one) => 'angle' in one) ? ['angle to the directions that theory names'] : []),
    ...(all.some((one) => 'distance' in one) ? ['relative distance to what theory names'] : []),
    ...(all.some((one) => 'residual' in one) ? ['residual of its conditions (0: they hold)'] : []),
  ];
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
        found.map((one) => one && amountOf(one)),
        isDirection ? 180 / Math.PI : 1,
        isDirection ? '°' : '',
      );
    });
    rows.push([...axes.map((axis) => String(point?.[axis])), parameterization, optimizer, ...values]);
  }
  const what = kinds.join('; ');
  return `  ${what[0].toUpperCase()}${what.slice(1)}:\n${rows.toString()}`;
}

function amountOf(one: Comparison): number {
  return 'angle' in one ? one.angle : 'distance' in one ? one.distance : one.residual;
}
