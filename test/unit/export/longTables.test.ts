import { describe, expect, it } from 'vitest';
import {
  curvesTable,
  MOST_ROWS,
  parametersTable,
  predictorsTable,
  TableError,
  theoryTable,
} from '../../../extension/export/longTables.ts';
import type { Table } from '../../../extension/export/table.ts';
import { experiment, exportedRuns } from './fixtures.ts';

const rowsOf = ({ columns, rows }: Table) =>
  Array.from({ length: rows }, (_, row) => columns.map(({ values }) => values[row]));

describe('the tables with many rows a run', () => {
  it('have a row for each sample', () => {
    const table = curvesTable(exportedRuns(experiment({ results: { 2: { test: null } } })));
    expect(rowsOf(table)).toEqual([
      [0, 0, 0, 1, 0.5, 2, 0.25],
      [0, 10, 1, 0.5, 0.25, 1, 0.125],
      [0, 25, 2.5, 0, 0, 0, 0],
      [2, 0, 0, 1, 0.5, null, null],
      [2, 10, 1, 0.5, 0.25, null, null],
      [2, 25, 2.5, 2, 1, null, null],
    ]);
  });

  it('have a row for each coordinate of a predictor, with its place in a matrix', () => {
    const vectors = exportedRuns(experiment({ results: { 1: { predictor: Float64Array.of(8, 9) } } }));
    expect(rowsOf(predictorsTable(vectors))).toEqual([
      [1, 0, null, null, 8],
      [1, 1, null, null, 9],
    ]);
    const matrices = experiment({ results: { 1: { predictor: Float64Array.of(1, 2, 3, 4, 5, 6) } } });
    matrices.grid.problem = { ...matrices.grid.problem, predictorShape: [2, 3] };
    expect(rowsOf(predictorsTable(exportedRuns(matrices))).map((row) => row.slice(1))).toEqual([
      [0, 0, 0, 1],
      [1, 0, 1, 2],
      [2, 0, 2, 3],
      [3, 1, 0, 4],
      [4, 1, 1, 5],
      [5, 1, 2, 6],
    ]);
  });

  it('have a row for each number of the parameters, by name', () => {
    const parameters = {
      0: [
        { name: 'u', shape: [2], values: [1, 2] },
        { name: 'W', shape: [1, 2], values: [3, 4] },
      ],
      3: null,
    };
    expect(rowsOf(parametersTable(exportedRuns(experiment({ parameters }))))).toEqual([
      [0, 'u', 0, null, null, 1],
      [0, 'u', 1, null, null, 2],
      [0, 'W', 0, 0, 0, 3],
      [0, 'W', 1, 0, 1, 4],
    ]);
  });

  it('have a row for each prediction that a run was compared with', () => {
    const one = experiment({});
    const comparisons = [{ run: 5, to: { 'max-margin': { angle: 0.5 }, KKT: { residual: 2 } } }];
    one.results = {
      ...one.results,
      theory: [{ point: null, seed: 2, targets: [], conditions: [], curves: [], comparisons }],
    };
    const runs = exportedRuns(experiment({}), one);
    expect(rowsOf(theoryTable(runs))).toEqual([
      [12, 'max-margin', 'angle', 0.5],
      [12, 'KKT', 'residual', 2],
    ]);
  });

  it('are refused before they are made where they are too long, with the number and what to do', () => {
    const values = { length: MOST_ROWS + 1 } as Float64Array;
    const runs = exportedRuns(experiment({ results: { 1: { predictor: values } } }));
    expect(() => predictorsTable(runs)).toThrow(TableError);
    expect(() => predictorsTable(runs)).toThrow(/predictors would have 20000001 rows.*--tables/);
  });
});
