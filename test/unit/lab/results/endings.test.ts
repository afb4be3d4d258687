import { describe, expect, it } from 'vitest';
import {
  cellsOf,
  countedText,
  counts,
  endingOf,
  knownResults,
  reached,
  spreadOf,
  tallyIn,
  tallyText,
} from '../../../../extension/lab/results/index.ts';
import { batch, grid, result } from '../../webview/fixtures.ts';

const quantity = { part: 'test', of: 'error' } as const;

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
