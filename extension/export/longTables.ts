/** Tables with many rows a run. Rows and columns of matrices, and positions in vectors, count from 0. */
import type { Comparison } from '../lab/results.ts';
import type { ExportedRun } from './exported.ts';
import type { Cell, ColumnType, Table } from './table.ts';

/** Rows of a table, at most: it is made in memory, where a row takes about 50 bytes. */
export const MOST_ROWS = 20_000_000;

/** A table cannot be made; the message is one sentence. */
export class TableError extends Error {}

/** Collects rows of columns. */
class Rows {
  private readonly columns: { name: string; type: ColumnType; values: Cell[] }[];

  constructor(
    private readonly name: string,
    types: Record<string, ColumnType>,
  ) {
    this.columns = Object.entries(types).map(([column, type]) => ({ name: column, type, values: [] }));
  }

  add(...cells: Cell[]): void {
    for (const [i, column] of this.columns.entries()) column.values.push(cells[i] ?? null);
  }

  get table(): Table {
    return { name: this.name, rows: this.columns[0]?.values.length ?? 0, columns: this.columns };
  }
}

function requireRows(name: string, rows: number): void {
  if (rows <= MOST_ROWS) return;
  throw new TableError(
    `the table of ${name} would have ${rows} rows, more than ${MOST_ROWS}; leave it out (--tables), or export one experiment at a time (--experiment)`,
  );
}

/** `curves`: one row a sample. */
export function curvesTable(runs: readonly ExportedRun[]): Table {
  requireRows(
    'curves',
    runs.reduce((sum, { curve }) => sum + (curve?.step.length ?? 0), 0),
  );
  const rows = new Rows('curves', {
    run: 'integer',
    step: 'integer',
    time: 'number',
    train_loss: 'number',
    train_error: 'number',
    test_loss: 'number',
    test_error: 'number',
  });
  for (const { number, curve, result } of runs) {
    if (!curve) continue;
    const test = (values: Float64Array, i: number) => (result.test ? values[i]! : null);
    for (const [i, step] of curve.step.entries()) {
      const { time, trainLoss, trainError, testLoss, testError } = curve;
      rows.add(number, step, time[i]!, trainLoss[i]!, trainError[i]!, test(testLoss, i), test(testError, i));
    }
  }
  return rows.table;
}

/** `predictors`: one row a coordinate of the final predictor; networks have none. */
export function predictorsTable(runs: readonly ExportedRun[]): Table {
  requireRows(
    'predictors',
    runs.reduce((sum, { result }) => sum + (result.predictor?.length ?? 0), 0),
  );
  const rows = new Rows('predictors', {
    run: 'integer',
    index: 'integer',
    row: 'integer',
    column: 'integer',
    value: 'number',
  });
  for (const { number, result, experiment } of runs) {
    const place = placesIn(experiment.grid.problem.predictorShape ?? []);
    for (const [i, value] of (result.predictor ?? []).entries()) rows.add(number, i, ...place(i), value);
  }
  return rows.table;
}

/** `parameters`: one row a number of the final parameters. */
export function parametersTable(runs: readonly ExportedRun[]): Table {
  const all = runs.flatMap(({ number, details }) =>
    (details?.parameters ?? []).map((parameter) => ({ number, parameter })),
  );
  requireRows(
    'parameters',
    all.reduce((sum, { parameter }) => sum + parameter.values.length, 0),
  );
  const rows = new Rows('parameters', {
    run: 'integer',
    name: 'text',
    index: 'integer',
    row: 'integer',
    column: 'integer',
    value: 'number',
  });
  for (const { number, parameter } of all) {
    const place = placesIn(parameter.shape);
    for (const [i, value] of parameter.values.entries()) rows.add(number, parameter.name, i, ...place(i), value);
  }
  return rows.table;
}

/** `theory`: one row for each prediction that a run was compared with. */
export function theoryTable(runs: readonly ExportedRun[]): Table {
  const rows = new Rows('theory', { run: 'integer', prediction: 'text', measure: 'text', value: 'number' });
  const of = new Map(
    [...new Set(runs.map(({ experiment }) => experiment))].map((experiment) => [
      experiment,
      new Map(experiment.results.theory.flatMap(({ comparisons }) => comparisons.map(({ run, to }) => [run, to]))),
    ]),
  );
  for (const { number, experiment, result } of runs) {
    for (const [name, comparison] of Object.entries(of.get(experiment)?.get(result.id) ?? {})) {
      const [[measure, value]] = Object.entries(comparison satisfies Comparison) as [[string, number]];
      rows.add(number, name, measure, value);
    }
  }
  return rows.table;
}

/** Row and column of a position in a matrix; null for other shapes. */
function placesIn(shape: readonly number[]): (index: number) => [number | null, number | null] {
  const [, columns] = shape;
  if (shape.length !== 2 || columns === undefined) return () => [null, null];
  return (index) => [Math.floor(index / columns), index % columns];
}
