import { describe, expect, it } from 'vitest';
import { cellsAt, cellsOf, type Known } from '../../../extension/lab/results/index.ts';
import { visibleCells } from '../../../webview/cells.ts';
import { cellBand, divergedBands } from '../../../webview/charts/cellBand.ts';
import { beyond, cellErrors, cellText, largestError, startingError } from '../../../webview/charts/errors.ts';
import { placeLabels } from '../../../webview/charts/labels.ts';
import { shorten } from '../../../webview/charts/shorten.ts';
import { picturePlaces } from '../../../webview/charts/smallMultiples.ts';
import { notesOf } from '../../../webview/notes.ts';
import { defaultPreferences, readPreferences } from '../../../webview/preferences.ts';
import { initialState, reduce } from '../../../webview/state.ts';
import { statusText } from '../../../webview/statusText.ts';
import { verdictSummary, verdicts } from '../../../webview/verdicts.ts';
import { batch, grid, result, view } from './fixtures.ts';

const experiment = (more = {}) => reduce(initialState, { type: 'view', view: view(more), choices: [] }).experiment!;

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

describe('the curve of a cell', () => {
  const samples = new Map([
    [0, batch(0, [0, 1, 10], [4, 2, 0])],
    [1, batch(1, [0, 1, 10], [4, 6, 2])],
  ]);
  const known: Known = { results: new Map(), samples, isOver: false };
  const [cell] = cellsOf(grid.runs);

  it('is mean and band over step or time', () => {
    const band = cellBand(cell, known, 'trainLoss', { x: 'step', logX: false, logY: false });
    expect(band).toMatchObject({ x: [0, 1, 10], mean: [4, 4, 1], low: [4, 2, 0], high: [4, 6, 2] });
    expect(cellBand(cell, known, 'testLoss', { x: 'time', logX: false, logY: false }).x).toEqual([0, 0.1, 1]);
  });

  it('leaves out runs that diverged, which have curves of their own', () => {
    const results = new Map([0, 1].map((id) => [id, result(id, 1, 1, id === 1 ? { diverged: 10 } : {})]));
    const axes = { x: 'step', logX: false, logY: false } as const;
    expect(cellBand(cell, { results, samples, isOver: true }, 'trainLoss', axes).mean).toEqual([4, 2, 0]);
    const lost = divergedBands(cell, { results, samples, isOver: true }, 'trainLoss', axes);
    expect(lost.map(({ mean }) => mean)).toEqual([[4, 6, 2]]);
  });

  it('is of stopped runs where there are no others', () => {
    const axes = { x: 'step', logX: false, logY: false } as const;
    const stopped = { results: new Map(), samples, isOver: true };
    expect(cellBand(cell, stopped, 'trainLoss', axes).mean).toEqual([4, 4, 1]);
    const results = new Map([[0, result(0, 1, 1)]]);
    expect(cellBand(cell, { ...stopped, results }, 'trainLoss', axes).mean).toEqual([4, 2, 0]);
  });

  it('has nothing on a logarithmic axis that is not positive', () => {
    const band = cellBand(cell, known, 'trainLoss', { x: 'step', logX: true, logY: true });
    expect(band.x).toEqual([1, 10]);
    expect(Math.min(...band.low)).toBeGreaterThan(0);
  });
});

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

describe('claims', () => {
  it('are named where they fail and open until evaluated', () => {
    const open = verdicts({ grid, claims: [] });
    expect(open.map((one) => one.holds)).toEqual([null, null]);
    expect(verdictSummary(open)).toBe('2 claims to check');
    const some = verdicts({
      grid,
      claims: [
        { claim: 'second', holds: false, error: null },
        { claim: 'first', holds: true, error: null },
      ],
    });
    expect(some.map((one) => one.claim)).toEqual(['first', 'second']);
    expect(verdictSummary(some)).toBe('1 of 2 claims holds, not “second”');
    expect(verdictSummary(some.slice(0, 1))).toBe('the claim holds');
  });
});

describe('the status', () => {
  it('counts runs while they go on, from zero while the results on view are older', () => {
    expect(statusText(experiment({ runs: [result(0, 0, 0)] }), 0)).toBe('running 1/8');
    expect(statusText(experiment({ runs: [result(0, 0, 0)], stale: true }), 0)).toBe('running 0/8');
  });

  it('says how long it took and how long ago', () => {
    const text = statusText(experiment({ status: 'finished', seconds: 1.9, finishedAt: 1_000 }), 121_000);
    expect(text.replace(/\u202f/g, ' ')).toBe('finished · 1.9 s · 2 min ago');
  });
});

describe('preferences', () => {
  it('come back as they were kept', () => {
    const kept = { ...defaultPreferences, quantity: 'error' as const, logX: false, hiddenOptimizers: ['GD'], point: 2 };
    expect(readPreferences({ file: 'f', experiment: 'e', preferences: structuredClone(kept) })).toEqual(kept);
  });

  it('fall back field by field', () => {
    for (const broken of [
      undefined,
      null,
      4,
      { preferences: 'x' },
      { preferences: { point: -1, logY: 3, hiddenOptimizers: [1] } },
    ]) {
      expect(readPreferences(broken)).toEqual(defaultPreferences);
    }
  });
});

describe('layout', () => {
  it('never lays tiles over each other or outside', () => {
    for (const [count, width] of [
      [1, 300],
      [5, 560],
      [5, 420],
      [7, 1100],
      [24, 500],
    ]) {
      const places = picturePlaces(count, { width, height: 330, columns: count, aspect: 1, head: 30, narrowest: 100 });
      expect(places).toHaveLength(count);
      for (const place of places) {
        expect(place.left + place.width).toBeLessThanOrEqual(width + 1e-9);
        expect(place.top + place.height).toBeLessThanOrEqual(330 + 1e-9);
        for (const other of places) {
          if (other === place) continue;
          const apart =
            other.left >= place.left + place.width ||
            place.left >= other.left + other.width ||
            other.top >= place.top + place.height ||
            place.top >= other.top + other.height;
          expect(apart).toBe(true);
        }
      }
    }
  });

  it('moves labels apart and keeps them inside', () => {
    const area = { left: 0, right: 200, top: 0, bottom: 100 };
    const placed = placeLabels(
      [
        { text: 'aaaa', x: 50, y: 50 },
        { text: 'bbbb', x: 52, y: 51 },
        { text: 'cccc', x: 195, y: 20 },
      ],
      (text) => text.length * 8,
      area,
      14,
    );
    const [a, b] = ['aaaa', 'bbbb'].map((text) => placed.find((one) => one.text === text)!);
    expect(Math.abs(a.y - b.y)).toBeGreaterThanOrEqual(14);
    expect(placed.find((one) => one.text === 'cccc')!.align).toBe('right');
  });

  it('shortens texts only where they are too long', () => {
    const widthOf = (text: string) => [...text].length;
    expect(shorten('u² − v²', 7, widthOf)).toBe('u² − v²');
    expect(shorten('convolution', 6, widthOf)).toBe('convo…');
  });
});
