/** The numbers of an experiment as columns of text: one row for each cell of the grid, averaged over its seeds. */
import {
  type Cell,
  cellsOf,
  countedText,
  type Kind,
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
  theoryRows,
  type Unit,
  unitOf,
} from '../lab/results/index.ts';
import type { RunResult, Theory } from '../lab/results.ts';
import { gpuNotes, reasonNotes } from './engineNotes.ts';
import type { GridPlan } from './grid.ts';

export interface Column {
  head: string;
  /** A shorter head for narrow terminals. */
  short?: string;
  align: 'left' | 'right';
  /** One for each row. */
  cells: string[];
  /** Names identify the row: they are shortened last, and head the row where columns are stacked. */
  isName?: boolean;
  /** Columns of a higher rank are dropped first; columns without a rank are never dropped. */
  rank?: number;
}

export interface TextTable {
  /** What is in it; empty for the results themselves. */
  title: string;
  columns: Column[];
  /** Sentences below it. */
  notes: string[];
}

/** Losses and errors. */
export function resultTable(grid: GridPlan, runs: readonly RunResult[]): TextTable {
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
  return { title: '', columns, notes };
}

const words: [Kind, string][] = [
  ['angle', 'angle to the directions predicted by theory'],
  ['distance', 'relative distance to the predictions of theory'],
  ['residual', 'residual of the conditions predicted by theory (0: met)'],
];

/** How far the runs are from the predictions of theory, one column for each; null where there is none. */
export function theoryTable(grid: GridPlan, runs: readonly RunResult[], theories: readonly Theory[]): TextTable | null {
  const known = knownResults(runs);
  const cells = cellsOf(grid.runs).filter((cell) => cell.runs.some(({ id }) => known.results.has(id)));
  const { targets, rows } = theoryRows(cells, theories, known.results);
  if (targets.length === 0) return null;
  const what = words
    .flatMap(([kind, text]) => (targets.some((target) => target.kind === kind) ? [text] : []))
    .join('; ');
  const columns = targets.map((target, i): Column => {
    const texts = rows.map(({ values }) => spreadText(values[i] ?? null, unitOf(target)));
    return { head: target.name, align: 'right', cells: texts };
  });
  return {
    title: `${what.charAt(0).toUpperCase()}${what.slice(1)}`,
    columns: [...nameColumns(grid, cells), ...countedColumn(cells, known), ...columns],
    notes: [],
  };
}

/** The columns that identify a cell. */
function nameColumns(grid: GridPlan, cells: readonly Cell[]): Column[] {
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
function countedColumn(cells: readonly Cell[], known: Known): Column[] {
  const tallies = cells.map((cell) => tallyIn(cell.runs, known));
  if (tallies.every((tally) => countedText(tally) === '')) return [];
  return [{ head: 'finished', align: 'right', cells: tallies.map(({ counted, total }) => `${counted} of ${total}`) }];
}

function secondsColumn(cells: readonly Cell[], { results }: Known): Column {
  const seconds = cells.map((cell) => spreadOf(cell.runs.map(({ id }) => results.get(id)?.seconds)));
  return { head: 'seconds', align: 'right', rank: 4, cells: seconds.map((at) => numberText(at?.mean, 'number')) };
}

/** Explains `±`, where one is printed. */
function spreadNote(spreads: readonly (Spread | null)[]): string[] {
  const counts = [...new Set(spreads.flatMap((spread) => (spread && spread.n > 1 ? [spread.n] : [])))];
  if (counts.length === 0) return [];
  const over = counts.length === 1 ? `n = ${counts[0]} seeds` : 'the n seeds that finished';
  return [`mean ± sample standard deviation (n − 1) over ${over}`];
}
