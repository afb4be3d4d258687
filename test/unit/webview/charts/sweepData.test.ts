import { describe, expect, it } from 'vitest';
import type { GridPlan } from '../../../../extension/report/grid.ts';
import { sweepDataOf } from '../../../../webview/charts/sweepData.ts';
import { sweepPlot, sweepTable } from '../../../../webview/charts/sweepPlot.ts';
import type { Preferences } from '../../../../webview/preferences.ts';
import { chartInput } from '../chartInput.ts';
import { result, grid as small } from '../fixtures.ts';

const points = [0.01, 0.1, 1].map((scale) => ({ scale }));
const grid: GridPlan = {
  ...small,
  points,
  runs: points.flatMap((point, p) => small.runs.map((run) => ({ ...run, point, id: run.id + 8 * p }))),
};
/** The test error is 0.1 · (point + 1) for GD and 0.5 for NGD; GD with ‘square’ diverged at the last point. */
const runs = grid.runs.map(({ optimizer, parameterization, point }, id) => {
  const at = points.findIndex(({ scale }) => scale === point?.scale);
  const error = optimizer === 'GD' ? 0.1 * (at + 1) : 0.5;
  const isLost = optimizer === 'GD' && parameterization === 'square' && at === 2;
  return { ...result(0, 0, error, isLost ? { diverged: 3 } : {}), ...grid.runs[id] };
});
const inputOf = (preferences: Partial<Preferences> = {}) =>
  chartInput({ grid, view: { runs, status: 'finished' }, preferences });

describe('a sweep', () => {
  it('shows a quantity of every cell at every point, optimizer by optimizer', () => {
    const data = sweepDataOf(inputOf())!;
    expect(data.metric.name).toBe('test error rate');
    expect(data.rows.map(({ name }) => name)).toEqual(['linear · GD', 'square · GD', 'linear · NGD', 'square · NGD']);
    expect(data.rows[0].values.map(({ spread }) => spread?.mean)).toEqual([0.1, 0.2, 0.30000000000000004]);
    expect(data.rows[1].values[2]).toEqual({ spread: null, lost: '2 of 2 diverged' });
    expect(data.best).toMatchObject({ row: JSON.stringify(['linear', 'GD']), point: 0 });
    expect(sweepDataOf(chartInput({}))).toBeNull();
  });

  it('shows what was chosen, and the cells that are not hidden', () => {
    const data = sweepDataOf(inputOf({ metric: 'train.loss', hiddenOptimizers: ['NGD'], point: 99 }))!;
    expect(data.metric.name).toBe('training loss');
    expect(data.rows).toHaveLength(2);
    expect(data.chosen).toBe(2);
    expect(sweepDataOf(inputOf({ metric: 'nonsense' }))?.metric.key).toBe('test.error');
  });

  it('can show how far the paths of an optimizer are apart', () => {
    const path = (distance: number) => ({ count: 1, distance, startDistance: 0 });
    const pathsAt = [0.7, 0.8, 0.9].map((distance) => ({ GD: path(distance), NGD: path(distance / 1000) }));
    const summary = { sentence: '', paths: {}, space: null, pathsAt };
    const input = chartInput({
      grid,
      view: { runs, summary, status: 'finished' },
      preferences: { metric: 'invariance' },
    });
    const { rows } = sweepDataOf(input)!;
    expect(rows.map(({ name, values }) => [name, values[2].spread?.mean])).toEqual([
      ['GD', 0.9],
      ['NGD', 0.0009],
    ]);
  });

  it('over one axis is a line for each cell, on a logarithmic axis where values are geometric', () => {
    const input = inputOf({ point: 1 });
    const { spec, table } = sweepPlot(input, sweepDataOf(input)!);
    expect(spec.x).toMatchObject({ title: 'scale', isLog: true });
    const lines = spec.marks.flatMap((mark) => (mark.kind === 'line' && mark.reading ? [mark] : []));
    expect(lines.map(({ x, y }) => [Array.from(x), Array.from(y).map((value) => Number(value.toFixed(3)))])).toEqual([
      [
        [0.01, 0.1, 1],
        [0.1, 0.2, 0.3],
      ],
      [
        [0.01, 0.1],
        [0.1, 0.2],
      ],
      [
        [0.01, 0.1, 1],
        [0.5, 0.5, 0.5],
      ],
      [
        [0.01, 0.1, 1],
        [0.5, 0.5, 0.5],
      ],
    ]);
    expect(spec.marks.some((mark) => mark.kind === 'label' && mark.text === '★' && mark.x === 0.01)).toBe(true);
    expect(table.rows[2]).toEqual(['scale 1', '30\u202f% ± 0', '–, 2 of 2 diverged', '50\u202f% ± 0', '50\u202f% ± 0']);
    expect(sweepTable(sweepDataOf(input)!)).toEqual(table);
  });
});
