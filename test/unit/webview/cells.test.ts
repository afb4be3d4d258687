import { describe, expect, it } from 'vitest';
import { cellsAt, cellsOf } from '../../../extension/lab/results/index.ts';
import { visibleCells } from '../../../webview/cells.ts';
import { defaultPreferences } from '../../../webview/preferences.ts';
import { grid } from './fixtures.ts';

describe('cells', () => {
  it('group the seeds of one parameterization under one optimizer', () => {
    const cells = cellsOf(grid.runs);
    expect(cells.map((cell) => [cell.parameterization, cell.optimizer])).toEqual([
      ['linear', 'GD'],
      ['linear', 'NGD'],
      ['square', 'GD'],
      ['square', 'NGD'],
    ]);
    expect(cells[2].runs.map((run) => run.id)).toEqual([4, 5]);
  });

  it('take one point of a sweep at a time, however its axes are ordered', () => {
    const points = [
      { depth: 2, noise: 0 },
      { depth: 3, noise: 0 },
    ];
    const runs = points.map((_, i) => ({
      ...grid.runs[0],
      id: i,
      point: i ? { noise: 0, depth: 3 } : { depth: 2, noise: 0 },
    }));
    expect(cellsAt(runs, points, 1)[0].runs.map((run) => run.id)).toEqual([1]);
    expect(cellsAt(runs, points, 7)[0].runs.map((run) => run.id)).toEqual([1]);
  });

  it('can be switched off', () => {
    const preferences = { ...defaultPreferences, hiddenOptimizers: ['GD'], hiddenParameterizations: ['square'] };
    expect(visibleCells(cellsOf(grid.runs), preferences).map((cell) => cell.runs[0].id)).toEqual([2]);
  });
});
