/** The grid as a table for the terminal. */
import {
  type Cell,
  cellsOf,
  countedText,
  type Known,
  knownResults,
  notesOf,
  numberText,
  type Quantity,
  reached,
  type Spread,
  spreadOf,
  spreadText,
  tallyIn,
  type Unit,
} from '../lab/results/index.ts';
import type { RunResult } from '../lab/results.ts';
import { gpuNotes, reasonNotes } from '../report/engineNotes.ts';
import type { GridPlan } from '../report/grid.ts';
import { type Column, tableText } from './layout.ts';
import { wrapped } from './wrap.ts';

/**
 * One row for each cell of the grid, averaged over its seeds.
 * @param width columns of the terminal
 */
export function table(grid: GridPlan, runs: readonly RunResult[], width: number): string {
  const known = knownResults(runs);
  const cells = cellsOf(grid.runs).filter((cell) => cell.runs.some(({ id }) => known.results.has(id)));
  const unit: Unit = grid.problem.errorName === 'error rate' ? 'share' : 'number';
  const column = (
    head: string,
    rank: number | undefined,
    of: Quantity,
    as: Unit,
  ): Column & { spreads: (Spread | null)[] } => {
    const spreads = cells.map((cell) => spreadOf(reached(cell.runs, known, of)));
    return { head, align: 'right', rank, spreads, cells: spreads.map((spread) => spreadText(spread, as)) };
  };
  const isTested = grid.problem.test > 0;
  const error = column('test error', undefined, { part: 'test', of: 'error' }, unit);
  const trainError = column('train error', isTested ? 3 : undefined, { part: 'train', of: 'error' }, unit);
  const columns = [
    ...nameColumns(grid, cells),
    ...countedColumn(cells, known),
    column('train loss', 1, { part: 'train', of: 'loss' }, 'number'),
    trainError,
    ...(isTested ? [error, column('gap', 2, { part: 'gap', of: 'error' }, unit)] : []),
    secondsColumn(cells, known),
  ];
  const computed = [...gpuNotes(runs), ...reasonNotes(runs, 'fallback')];
  const notes = [
    ...spreadNote(isTested ? error.spreads : trainError.spreads),
    ...notesOf(grid.runs, known),
    ...computed,
  ];
  return [tableText(columns, width), ...notes.map((note) => wrapped(note, width))].join('\n');
}

/** The columns that identify a cell. */
export function nameColumns(grid: GridPlan, cells: readonly Cell[]): Column[] {
  const axes = Object.keys(grid.points[0] ?? {});
  return [
    ...axes.map((axis): Column => {
      return { head: axis, align: 'right', isName: true, cells: cells.map(({ point }) => String(point?.[axis])) };
    }),
    {
      head: 'parameterization',
      short: 'param.',
      align: 'left',
      isName: true,
      cells: cells.map(({ parameterization }) => parameterization),
    },
    { head: 'optimizer', short: 'opt.', align: 'left', isName: true, cells: cells.map(({ optimizer }) => optimizer) },
  ];
}

/** How many runs the numbers are based on, where that is not all of them. */
export function countedColumn(cells: readonly Cell[], known: Known): Column[] {
  const tallies = cells.map((cell) => tallyIn(cell.runs, known));
  if (tallies.every((tally) => countedText(tally) === '')) return [];
  return [{ head: 'finished', align: 'right', cells: tallies.map(({ counted, total }) => `${counted} of ${total}`) }];
}

function secondsColumn(cells: readonly Cell[], { results }: Known): Column {
  const seconds = cells.map((cell) => spreadOf(cell.runs.map(({ id }) => results.get(id)?.seconds)));
  return { head: 'seconds', align: 'right', rank: 4, cells: seconds.map((at) => numberText(at?.mean, 'number')) };
}

/** Explains `±`, where one is printed. */
export function spreadNote(spreads: readonly (Spread | null)[]): string[] {
  const counts = [...new Set(spreads.flatMap((spread) => (spread && spread.n > 1 ? [spread.n] : [])))];
  if (counts.length === 0) return [];
  const over = counts.length === 1 ? `n = ${counts[0]} seeds` : 'the n seeds that finished';
  return [`mean ± sample standard deviation (n − 1) over ${over}`];
}
