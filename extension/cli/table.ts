/** The grid as a table for the terminal. */
import type { RunResult } from '../lab/results.ts';
import type { GridPlan } from '../report/grid.ts';
import { resultTable } from '../report/tables.ts';
import { tableText } from './layout.ts';
import { wrapped } from './wrap.ts';

/**
 * One row for each cell of the grid, averaged over its seeds.
 * @param width columns of the terminal
 */
export function table(grid: GridPlan, runs: readonly RunResult[], width: number): string {
  const { columns, notes } = resultTable(grid, runs);
  return [tableText(columns, width), ...notes.map((note) => wrapped(note, width))].join('\n');
}
