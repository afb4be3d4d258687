/** The grid as a table for people. */
import Table from 'cli-table3';
import type { Deviation, GridPlan, RunIdentity, RunResult } from '../lab/results.ts';

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
  return [rows.toString(), ...notes, ...cardNotes(runs), ...fallbackNotes(runs)].join('\n');
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

/** What ran on a graphics card, and how far that is from float64. */
function cardNotes(runs: readonly RunResult[]): string[] {
  const onCard = runs.filter(({ engine }) => engine === 'gpu');
  if (onCard.length === 0) return [];
  const most = Math.max(...onCard.map(({ together }) => together ?? 1));
  const together = most > 1 ? `, up to ${most} side by side` : '';
  const notes = [`  on ${onCard[0].device}: ${onCard.length} of ${runs.length} runs${together}`];
  const repeated = onCard.flatMap(({ deviation }) => (deviation ? [deviation] : []));
  const largest = (name: string, key: keyof Deviation) => {
    const values = repeated.map((deviation) => deviation[key]).filter((value) => value !== null);
    return values.length > 0 ? [`${name} ${Number(Math.max(...values).toPrecision(2))}`] : [];
  };
  const gaps = [
    ...largest('predictor', 'predictor'),
    ...largest('train loss', 'trainLoss'),
    ...largest('test loss', 'testLoss'),
  ];
  const count = repeated.length === 1 ? '1 run' : `${repeated.length} runs`;
  if (gaps.length > 0) notes.push(`  ${count} repeated in float64, relative deviation at most: ${gaps.join(' · ')}`);
  return notes;
}

/** Why runs were not computed by what was asked for, and how many; reasons that differ in numbers alone are one. */
function fallbackNotes(runs: readonly RunResult[]): string[] {
  const reasons = new Map<string, Set<string>>();
  const counts = new Map<string, number>();
  for (const { fallback } of runs) {
    if (fallback === undefined) continue;
    const kind = fallback.replace(/\d+(\.\d+)?(e\d+)?|∞/g, '#');
    reasons.set(kind, (reasons.get(kind) ?? new Set()).add(fallback));
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...reasons].map(([kind, [first, ...others]]) => {
    const more = others.length > 0 ? ', and the like' : '';
    return `  ${first}${more}: ${counts.get(kind)} of ${runs.length} runs`;
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
