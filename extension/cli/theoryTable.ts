/** How far the runs are from the predictions of theory, as a table for the terminal. */
import { cellsOf, type Kind, knownResults, spreadText, theoryRows, unitOf } from '../lab/results/index.ts';
import type { RunResult, Theory } from '../lab/results.ts';
import type { GridPlan } from '../report/grid.ts';
import { type Column, tableText } from './layout.ts';
import { countedColumn, nameColumns } from './table.ts';
import { wrapped } from './wrap.ts';

const words: [Kind, string][] = [
  ['angle', 'angle to the directions predicted by theory'],
  ['distance', 'relative distance to the predictions of theory'],
  ['residual', 'residual of the conditions predicted by theory (0: met)'],
];

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
  const known = knownResults(runs);
  const cells = cellsOf(grid.runs).filter((cell) => cell.runs.some(({ id }) => known.results.has(id)));
  const { targets, rows } = theoryRows(cells, theories, known.results);
  if (targets.length === 0) return '';
  const what = words
    .flatMap(([kind, text]) => (targets.some((target) => target.kind === kind) ? [text] : []))
    .join('; ');
  const columns = targets.map((target, i): Column => {
    const texts = rows.map(({ values }) => spreadText(values[i], unitOf(target)));
    return { head: target.name, align: 'right', cells: texts };
  });
  const head = wrapped(`${what[0].toUpperCase()}${what.slice(1)}:`, width);
  return `${head}\n${tableText([...nameColumns(grid, cells), ...countedColumn(cells, known), ...columns], width)}`;
}
