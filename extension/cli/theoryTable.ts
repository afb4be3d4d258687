/** How far the runs are from the predictions of theory, as a table for the terminal. */
import type { RunResult, Theory } from '../lab/results.ts';
import type { GridPlan } from '../report/grid.ts';
import { theoryTable as tableOf } from '../report/tables.ts';
import { tableText } from './layout.ts';
import { wrapped } from './wrap.ts';

/**
 * One row for each cell of the grid, one column for each target: mean and spread over the seeds.
 * @param width columns of the terminal
 */
export function theoryTable(
  grid: GridPlan,
  runs: readonly RunResult[],
  theories: readonly Theory[],
  width: number,
): string {
  const table = tableOf(grid, runs, theories);
  return table ? `${wrapped(`${table.title}:`, width)}\n${tableText(table.columns, width)}` : '';
}
