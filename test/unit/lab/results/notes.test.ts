import { describe, expect, it } from 'vitest';
import {
  counts,
  endingOf,
  knownResults,
  lossesText,
  notesOf,
  tallyIn,
  tallyText,
} from '../../../../extension/lab/results/index.ts';
import type { RunResult } from '../../../../extension/lab/results.ts';

const run = (id: number, more: Partial<RunResult> = {}): RunResult => ({
  ...{ id, point: null, parameterization: 'p', optimizer: 'NGD', seed: id + 1, steps: 10, time: 1 },
  ...{ engine: 'cpu', device: '', seconds: 0, margins: null, norms: null, predictor: null, gap: null },
  ...{ train: { loss: 1, error: 1 }, test: null, outputs: Float64Array.of(1) },
  ...more,
});
const solver = { solver: 'iterative', fisher: 'train', rank: null, size: 9, condition: 1e9 };
const textOf = (runs: RunResult[]) => notesOf(runs, knownResults(runs));

describe('what is said of runs that did not come to a good end', () => {
  it.each<[string, Partial<RunResult>, string, string]>([
    ['diverged', { diverged: 7 }, '1 of 2 diverged', 'Diverged: p · NGD, 1 of 2: seed 1 (at step 7).'],
    [
      'unsolved',
      { unsolved: 3, solver: { ...solver, residual: 0.57 } },
      '1 of 2 not solved',
      'linear system could not be solved: p · NGD, 1 of 2: seed 1 (at step 3, relative residual 0.57).',
    ],
    ['kink', { kink: 0.25 }, '1 of 2 ended at a kink', 'kink of the model: p · NGD, 1 of 2: seed 1 (at t = 0.25).'],
    ['imprecise', { imprecise: 11.5 }, '1 of 2 ended at the limit of float64', '(at t = 11.5)'],
    ['singular', { singular: 0.0871234 }, '1 of 2 singular', '(at t = 0.08712)'],
  ])('%s', (ending, more, tally, note) => {
    const runs = [run(0, more), run(1)];
    expect(endingOf(runs[0])).toBe(ending);
    const isOwn = ending === 'singular' || ending === 'imprecise';
    expect(counts(runs[0])).toBe(isOwn);
    expect(tallyText(tallyIn(runs, knownResults(runs)))).toBe(tally);
    expect(lossesText(tallyIn(runs, knownResults(runs)))).toBe(isOwn ? '' : tally);
    expect(textOf(runs)).toHaveLength(1);
    expect(textOf(runs)[0]).toContain(note);
  });

  it('ranks and condition numbers, where something was dropped or digits were lost', () => {
    expect(textOf([run(0, { solver: { ...solver, rank: 9 } })])).toEqual([]);
    expect(textOf([run(0, { solver: { ...solver, rank: 15, size: 16, dropped: 1 } })])).toEqual([
      'Rank-deficient Fisher information; the minimum-norm solution is used: p · NGD, 1 of 1: seed 1 (rank 15 of 16, condition number of the rest 1.0e9).',
    ]);
    expect(textOf([run(0, { solver: { ...solver, condition: 1e19 } })])[0]).toMatch(/^Ill-conditioned.*1\.0e19/);
  });

  it('nothing of runs that finished, and no more than three cells by name', () => {
    expect(textOf([run(0), run(1)])).toEqual([]);
    const many = [0, 1, 2, 3, 4].map((id) => run(id, { parameterization: `p${id}`, kink: id + 1 }));
    expect(textOf(many)[0]).toMatch(/p2 · NGD, 1 of 1: seed 3 \(at t = 3\); and in 2 more\./);
  });
});
