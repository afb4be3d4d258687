import { describe, expect, it } from 'vitest';
import { cellsAt, cellsOf, describeCell, describePoint, pointKey } from '../../../../extension/lab/results/index.ts';
import { grid } from '../../webview/fixtures.ts';

describe('cells', () => {
  it('group the seeds of one parameterization under one optimizer', () => {
    const cells = cellsOf(grid.runs);
    expect(cells.map((cell) => describeCell(cell))).toEqual([
      'linear · GD',
      'linear · NGD',
      'square · GD',
      'square · NGD',
    ]);
    expect(cells[2].runs.map(({ id }) => id)).toEqual([4, 5]);
  });

  it('are told apart by the points of a sweep, in whatever order their axes are', () => {
    const points = [
      { depth: 2, noise: 0 },
      { depth: 3, noise: 0 },
    ];
    const runs = [points[0], { noise: 0, depth: 3 }, points[1]].map((point, id) => ({ ...grid.runs[0], id, point }));
    expect(cellsOf(runs).map((cell) => cell.runs.length)).toEqual([1, 2]);
    // A point that there is no more stands for the last one.
    for (const index of [1, 7]) {
      expect(cellsAt(runs, points, index).map((cell) => cell.runs.length)).toEqual([2]);
    }
    expect(describeCell(cellsOf(runs)[0])).toBe('depth 2 · noise 0 · linear · GD');
    expect(describePoint(points[1])).toBe('depth 3, noise 0');
    expect([describePoint(null), pointKey(null)]).toEqual(['', '']);
  });
});
