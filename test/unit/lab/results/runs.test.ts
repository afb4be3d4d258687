import { describe, expect, it } from 'vitest';
import {
  append,
  appendSamples,
  cellsAt,
  cellsOf,
  countedText,
  counts,
  describeCell,
  describePoint,
  endingOf,
  knownResults,
  pointKey,
  reached,
  spreadOf,
  tallyIn,
  tallyText,
} from '../../../../extension/lab/results/index.ts';
import { batch, grid, result } from '../../webview/fixtures.ts';

const quantity = { part: 'test', of: 'error' } as const;

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
    expect(cellsAt(runs, points, 1).map((cell) => cell.runs.length)).toEqual([2]);
    expect(describeCell(cellsOf(runs)[0])).toBe('depth 2 · noise 0 · linear · GD');
    expect(describePoint(points[1])).toBe('depth 3, noise 0');
    expect([describePoint(null), pointKey(null)]).toEqual(['', '']);
  });
});

describe('the end of a run', () => {
  it('is told from its flags and its numbers', () => {
    expect(endingOf(result(0, 1, 1))).toBe('finished');
    expect(endingOf(result(0, 1, 1, { diverged: 0 }))).toBe('diverged');
    expect(endingOf(result(0, 1, 1, { singular: 0 }))).toBe('singular');
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 1e101]) {
      expect(endingOf(result(0, value, 1))).toBe('diverged');
      expect(endingOf(result(0, 1, value))).toBe('diverged');
    }
    expect(endingOf(result(0, 1, null))).toBe('finished');
    expect([result(0, 1, 1, { singular: 2 }), result(0, Number.NaN, 1)].map(counts)).toEqual([true, false]);
  });

  it('decides what is averaged', () => {
    const runs = grid.runs.map((run) => ({ ...run, parameterization: 'linear', optimizer: 'GD' }));
    const results = [
      result(0, 0, 0.1),
      result(1, 0, 0.3, { singular: 1 }),
      result(2, 0, 1, { diverged: 7 }),
      result(3, Number.POSITIVE_INFINITY, 0.9),
      result(4, 0, 0.2),
    ];
    const [cell] = cellsOf(runs);
    const known = knownResults(results);
    const tally = tallyIn(cell.runs, known);
    expect(tally).toMatchObject({
      total: 8,
      counted: 3,
      finished: 2,
      singular: 1,
      diverged: 2,
      stopped: 3,
      running: 0,
    });
    expect(tallyText(tally)).toBe('2 of 8 diverged, 1 singular, 3 stopped');
    expect(countedText(tally)).toBe('3 of 8');
    expect(spreadOf(reached(cell.runs, known, quantity))).toMatchObject({ mean: expect.closeTo(0.2, 12), n: 3 });
  });

  it('of runs that go on is open, and their newest samples count', () => {
    const [cell] = cellsOf(grid.runs);
    const known = {
      results: new Map([[0, result(0, 0.1, 0.3)]]),
      samples: new Map([[1, batch(1, [0, 1], [4, 2])]]),
      isOver: false,
    };
    expect(reached(cell.runs, known, quantity)).toEqual([0.3, 0.5]);
    expect(reached(cell.runs, known, { part: 'gap', of: 'loss' })).toEqual([null, 2]);
    const tally = tallyIn(cell.runs, known);
    expect([tallyText(tally), countedText(tally)]).toEqual(['', '']);
    expect(reached(cell.runs, { ...known, isOver: true }, quantity)).toEqual([0.3, null]);
    expect(tallyText(tallyIn(cell.runs, { ...known, isOver: true }))).toBe('1 of 2 stopped');
  });
});

describe('curves', () => {
  it('grow by what arrives', () => {
    const joined = append(batch(0, [0, 1], [3, 2]), batch(0, [2, 4], [1, 0.5]));
    expect([...joined.step]).toEqual([0, 1, 2, 4]);
    expect([...joined.trainLoss]).toEqual([3, 2, 1, 0.5]);
    expect([...joined.testLoss]).toEqual([6, 4, 2, 1]);
  });

  it('have no sample twice where batches overlap, and the newer one counts', () => {
    const joined = append(batch(0, [0, 1, 2], [3, 2, 9]), batch(0, [2, 3], [1, 0.5]));
    expect([...joined.step]).toEqual([0, 1, 2, 3]);
    expect([...joined.trainLoss]).toEqual([3, 2, 1, 0.5]);
  });

  it('begin anew when a run begins anew', () => {
    expect([...append(batch(0, [0, 1, 2], [3, 2, 1]), batch(0, [0], [7])).trainLoss]).toEqual([7]);
  });

  it('keep the newest predictor', () => {
    const first = { ...batch(0, [0], [1]), predictor: Float64Array.of(1) };
    expect(append(first, batch(0, [1], [1])).predictor).toEqual(Float64Array.of(1));
    expect(append(first, { ...batch(0, [1], [1]), predictor: Float64Array.of(2) }).predictor).toEqual(
      Float64Array.of(2),
    );
    expect(append(first, { ...batch(0, [], []), predictor: Float64Array.of(3) })).toMatchObject({
      step: first.step,
      predictor: Float64Array.of(3),
    });
  });

  it('are kept by run, and the earlier ones stay as they were', () => {
    const before = appendSamples(new Map(), [batch(0, [0], [3]), batch(1, [0], [2])]);
    const after = appendSamples(before, [batch(1, [1], [1])]);
    expect([...after.keys()]).toEqual([0, 1]);
    expect([before.get(1)?.step.length, after.get(1)?.step.length]).toEqual([1, 2]);
  });
});
