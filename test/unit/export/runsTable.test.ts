import { describe, expect, it } from 'vitest';
import { runsTable } from '../../../extension/export/runsTable.ts';
import { column, experiment, exportedRuns } from './fixtures.ts';

const tableOf = (...parts: Parameters<typeof experiment>) => runsTable(exportedRuns(experiment(...parts)));

describe('the table of runs', () => {
  it('has a row for each run that has ended, in the order of the grid', () => {
    const table = tableOf({});
    expect(table.rows).toBe(7);
    expect(column(table, 'run')).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(column(table, 'train_loss')).toEqual([0, 1, 2, 3, 4, 5, 6].map((id) => id / 8));
    expect(column(table, 'optimizer')).toEqual(['GD', 'GD', 'NGD', 'NGD', 'GD', 'GD', 'NGD']);
    expect(column(table, 'seed')).toEqual([1, 2, 1, 2, 1, 2, 1]);
    expect(table.columns.every(({ values }) => values.length === 7)).toBe(true);
    expect(new Set(table.columns.map(({ name }) => name)).size).toBe(table.columns.length);
  });

  it('numbers the runs of several experiments on', () => {
    const table = runsTable(exportedRuns(experiment({ file: 'a' }), experiment({ file: 'b' })));
    expect(column(table, 'run')).toEqual(Array.from({ length: 14 }, (_, i) => i));
    expect(column(table, 'file')).toEqual([...Array(7).fill('a'), ...Array(7).fill('b')]);
  });

  it('has a column for each axis of a sweep, of the type of its values', () => {
    const table = tableOf({
      points: [
        { scale: 0.1, wide: true, kind: 'a', steps: 5, mixed: 1 },
        { scale: 1, wide: false, kind: 'b', steps: 6, mixed: 'no' },
      ],
    });
    const axis = (name: string) => table.columns.find((one) => one.name === `axis_${name}`);
    expect(axis('scale')).toMatchObject({ type: 'number', values: [0.1, 1, 0.1, 1, 0.1, 1, 0.1] });
    expect(axis('wide')).toMatchObject({ type: 'boolean' });
    expect(axis('kind')).toMatchObject({ type: 'text' });
    expect(axis('mixed')).toMatchObject({ type: 'text', values: ['1', 'no', '1', 'no', '1', 'no', '1'] });
    // An axis may have the name of a column.
    expect(axis('steps')).toMatchObject({ type: 'number', values: [5, 6, 5, 6, 5, 6, 5] });
    expect(column(table, 'steps')).toEqual(Array(7).fill(100));
  });

  it('tells what is missing from what is not finite', () => {
    const table = tableOf({
      results: {
        1: { test: null, diverged: 12, train: { loss: Number.POSITIVE_INFINITY, error: Number.NaN }, norms: { l2: 5 } },
      },
      parameters: { 1: null },
    });
    expect(column(table, 'test_loss').slice(0, 3)).toEqual([0, null, 0.5]);
    expect(column(table, 'train_loss')[1]).toBe(Number.POSITIVE_INFINITY);
    expect(column(table, 'train_error')[1]).toBeNaN();
    expect(column(table, 'diverged').slice(0, 3)).toEqual([null, 12, null]);
    expect(column(table, 'norm_l2').slice(0, 3)).toEqual([null, 5, null]);
    expect(column(table, 'key').slice(0, 3)).toEqual([null, 'key 1', null]);
  });
});
