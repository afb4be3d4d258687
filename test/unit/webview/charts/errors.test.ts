import { describe, expect, it } from 'vitest';
import { cellsOf } from '../../../../extension/lab/results/index.ts';
import { beyond, cellErrors, cellText, largestError, startingError } from '../../../../webview/charts/errors.ts';
import { notesOf } from '../../../../webview/notes.ts';
import { initialState, reduce } from '../../../../webview/state.ts';
import { batch, grid, result, view } from '../fixtures.ts';

const experiment = (more = {}) => reduce(initialState, { type: 'view', view: view(more), choices: [] }).experiment!;

describe('errors of a cell', () => {
  it('are those of finished runs, or the newest samples of the others', () => {
    const [errors] = cellErrors(
      cellsOf(grid.runs),
      experiment({ runs: [result(0, 0.1, 0.3)], samples: [batch(1, [0, 1], [4, 2])] }),
    );
    expect(errors.train).toEqual([0.1, 1]);
    expect(errors.test).toEqual([0.3, 0.5]);
    expect(errors.testSpread?.mean).toBeCloseTo(0.4, 12);
  });

  it('reach as far as the largest seed and the whisker, whichever is longer', () => {
    const errors = cellErrors(cellsOf(grid.runs), experiment({ runs: [result(0, 0, 0.5), result(1, 0, 0.1)] }));
    expect(largestError(errors)).toBeCloseTo(0.3 + Math.sqrt(0.08), 12);
    expect(largestError(cellErrors(cellsOf(grid.runs), experiment({ runs: [result(0, 0, 0.5)] })))).toBe(0.5);
    expect(largestError([])).toBe(0);
    const blown = cellErrors(cellsOf(grid.runs), experiment({ runs: [result(0, 0.1, 0.5), result(2, 1e20, 1e20)] }));
    expect(largestError(blown)).toBe(1e20);
    expect(largestError(blown, 2)).toBe(0.5);
    expect(largestError(blown.slice(1, 2), 2)).toBe(1e20);
    expect(beyond(blown, 0.5)).toEqual(['linear · NGD']);
    expect(startingError(experiment({ samples: [batch(0, [0, 1], [4, 9])] }))).toBe(2);
  });

  it('leave out diverged runs, and say so', () => {
    const with2 = experiment({ runs: [result(0, 0.1, 0.3), result(1, 9, 9, { diverged: 1234 })] });
    const [errors] = cellErrors(cellsOf(grid.runs), with2);
    expect(errors.testSpread).toMatchObject({ mean: 0.3, n: 1 });
    expect(cellText(errors, grid)).toEqual({
      value: '30\u202f%',
      lost: '1 of 2 diverged',
      short: '30\u202f% (1 of 2)',
    });
    expect(notesOf(with2)).toEqual([
      'Diverged: linear · GD, 1 of 2: seed 2 (at step 1234). Averages include only the runs that finished.',
    ]);
    expect(notesOf(experiment({ runs: [result(0, 0.1, 0.3, { singular: 0.087 })] }))[0]).toContain('t = 0.087');
    const solver = { solver: 'iterative', fisher: 'train', rank: null, size: 9, condition: 1e9, iterations: 3 };
    expect(notesOf(experiment({ runs: [result(0, 0.1, 0.3, { solver })] }))).toEqual([]);
    const [unsolved] = notesOf(
      experiment({ runs: [result(0, 0.1, 0.3, { solver: { ...solver, residual: 0.0123 } })] }),
    );
    expect(unsolved).toBe(
      'Residual above the requested tolerance: linear · GD, 1 of 2: seed 1 (relative residual up to 0.012).',
    );
  });

  it('leave out stopped runs, whatever they had reached', () => {
    const samples = [batch(1, [0, 1], [4, 2])];
    const stopped = experiment({ status: 'canceled', runs: [result(0, 0.1, 0.3)], samples });
    const [errors, others] = cellErrors(cellsOf(grid.runs), stopped);
    expect(errors.test).toEqual([0.3, null]);
    expect(cellText(errors, grid).lost).toBe('1 of 2 stopped');
    expect(cellText(others, grid)).toMatchObject({ value: '–', lost: '2 of 2 stopped' });
    expect(notesOf(stopped)).toEqual(['Stopped: 7 of 8 runs. Averages include only the runs that finished.']);
  });
});
