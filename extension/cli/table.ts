/** The grid as a table for people. */
import Table from 'cli-table3';
import { cardNotes, reasonNotes } from '../lab/metrics/engineNotes.ts';
import type { GridPlan, RunIdentity, RunResult } from '../lab/results.ts';

/** One row for each cell of the grid, averaged over its seeds. */
export function table(grid: GridPlan, runs: readonly RunResult[]): string {
  const isRate = grid.problem.errorName === 'error rate';
  const axes = Object.keys(grid.points[0] ?? {});
  const head = [...axes, 'parameterization', 'optimizer', 'train loss', 'train error', 'test error', 'gap', 'seconds'];
  const rows = plainTable(head, [
    ...axes.map(() => 'right' as const),
    'left',
    'left',
    'right',
    'right',
    'right',
    'right',
    'right',
  ]);
  for (const cell of cellsOf(grid, runs)) {
    const [{ point, parameterization, optimizer }] = cell;
    const error = (value: (run: RunResult) => number | undefined) =>
      spread(cell.map(value), isRate ? 100 : 1, isRate ? ' %' : '');
    rows.push([
      ...axes.map((axis) => String(point?.[axis])),
      parameterization,
      optimizer,
      spread(
        cell.map((run) => run.train.loss),
        1,
        '',
      ),
      error((run) => run.train.error),
      error((run) => run.test?.error),
      error((run) => run.gap?.error),
      spread(
        cell.map((run) => run.seconds),
        1,
        '',
      ),
    ]);
  }
  const notes = runs.flatMap(({ point, parameterization, optimizer, seed, diverged, singular, solver }) => {
    const at = Object.entries(point ?? {}).map(([axis, value]) => `${axis} ${value}`);
    const where = [...at, parameterization, optimizer, `seed ${seed}`].join(' · ');
    if (diverged !== undefined) return [`  diverged: ${where} at step ${diverged}`];
    if (singular !== undefined) return [`  singular: ${where} at t = ${Number(singular.toPrecision(4))}`];
    if (solver?.residual !== undefined)
      return [`  solver did not converge: ${where}, relative residual up to ${Number(solver.residual.toPrecision(2))}`];
    return [];
  });
  const computed = [...cardNotes(runs), ...reasonNotes(runs, 'fallback')].map((note) => `  ${note}`);
  return [rows.toString(), ...notes, ...computed].join('\n');
}

/** A table without frames. */
export function plainTable(head: string[], colAligns: ('left' | 'right')[]): Table.Table {
  const plain = {
    'top-mid': '',
    'top-left': '',
    'top-right': '',
    top: '',
    'bottom-mid': '',
    'bottom-left': '',
    'bottom-right': '',
    bottom: '',
  };
  return new Table({
    head,
    style: { head: [], border: [], compact: true },
    chars: {
      ...plain,
      left: ' ',
      right: '',
      middle: '  ',
      mid: '─',
      'left-mid': ' ',
      'mid-mid': '──',
      'right-mid': '',
    },
    colAligns,
  });
}

/** The runs of each cell that has any, in the order of the grid. */
export function cellsOf(grid: GridPlan, runs: readonly RunResult[]): RunResult[][] {
  const cells = new Map<string, RunResult[]>();
  const keyOf = ({ point, parameterization, optimizer }: RunIdentity) =>
    JSON.stringify([point, parameterization, optimizer]);
  for (const run of grid.runs) cells.set(keyOf(run), []);
  for (const run of runs) cells.get(keyOf(run))?.push(run);
  return [...cells.values()].filter((cell) => cell.length > 0);
}

/** Mean and standard deviation over seeds. */
export function spread(values: (number | undefined)[], scale: number, unit: string): string {
  const known = values
    .filter((value): value is number => value !== undefined && Number.isFinite(value))
    .map((value) => scale * value);
  if (known.length === 0) return '–';
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const deviation = Math.sqrt(
    known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, known.length - 1),
  );
  const text = (value: number) => (unit ? value.toFixed(1) : String(Number(value.toPrecision(2))));
  return `${text(mean)}${unit}${known.length > 1 ? ` ± ${text(deviation)}` : ''}`;
}
