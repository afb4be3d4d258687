import { describe, expect, it } from 'vitest';
import { type Line, linesOf, measureOf } from '../../../extension/editor/cells.ts';
import { escaped, hoverText } from '../../../extension/editor/hoverText.ts';
import { outcomeText, progressText, secondsText } from '../../../extension/editor/lensText.ts';
import { optimizerHover, optimizerText } from '../../../extension/editor/pathText.ts';
import { experimentText, parameterizationText, sparkline } from '../../../extension/editor/resultText.ts';
import { type Spread, spreadOf } from '../../../extension/lab/results/index.ts';
import { type ExperimentView, idleRecord } from '../../../extension/runs/record.ts';
import { batch, FILE, failure, grid, result } from '../runs/events.ts';

const share = { name: 'test error', unit: 'share', part: 'test' } as const;
const rmse = { name: 'test RMSE', unit: 'number', part: 'test' } as const;

const view = (changes: Partial<ExperimentView> = {}): ExperimentView => ({
  ...idleRecord(FILE, 'One').view,
  status: 'finished',
  grid: grid(),
  ...changes,
});

const spread = (mean: number, deviation: number | null = null, n = deviation === null ? 1 : 8): Spread => ({
  ...{ mean, deviation, n },
  ...{ min: mean, max: mean },
});
const all = {
  ...{ total: 8, counted: 8, finished: 8, singular: 0, diverged: 0 },
  ...{ unsolved: 0, kink: 0, imprecise: 0, stopped: 0, running: 0 },
};

const line = (optimizer: string, spreads: Spread[], changes: Partial<Line> = {}): Line => ({
  parameterization: 'linear',
  optimizer,
  spreads,
  tally: all,
  curve: [],
  ...changes,
});

describe('lines', () => {
  it('average over seeds, from finished runs and from curves that still grow', () => {
    const samples = [batch(0, [0.5, 0.3]), batch(1, [0.5, 0.4])];
    const lines = linesOf(view({ status: 'running', runs: [result(0, 0.2)], samples }), share);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ parameterization: 'linear', optimizer: 'GD' });
    expect(lines[0].spreads[0].mean).toBeCloseTo(0.3);
    expect(lines[0].spreads[0].deviation).toBeCloseTo(Math.SQRT2 / 10);
    expect(lines[0].curve).toEqual([0.5, 0.35]);
  });

  it('leave out runs that diverged or were stopped', () => {
    const samples = [batch(0, [0.5, 0.3]), batch(1, [0.5, 0.4]), batch(2, [0.5, 1e300])];
    const runs = [result(0, 0.2), { ...result(2, 9e9), diverged: 3 }];
    const [first] = linesOf(view({ status: 'canceled', runs, samples }), share);
    expect(first.spreads).toEqual([spreadOf([0.2])]);
    const second = linesOf(view({ status: 'canceled', runs, samples }), share)[1];
    expect(first.tally.stopped + first.tally.diverged + (second?.tally.diverged ?? 0)).toBeGreaterThan(1);
  });

  it('span the points of a sweep', () => {
    const swept = grid();
    swept.runs = swept.runs.map((run) => ({ ...run, point: { depth: run.seed } }));
    const [first] = linesOf(view({ grid: swept, runs: [result(0, 0.2), result(1, 0.4)] }), share);
    expect(first.spreads.map(({ mean, deviation }) => [mean, deviation])).toEqual([
      [0.2, null],
      [0.4, null],
    ]);
  });

  it('measure what the problem has', () => {
    expect(measureOf(view())).toEqual(share);
    const fit = grid();
    fit.problem = { ...fit.problem, errorName: 'RMSE', test: 0 };
    const measure = measureOf(view({ grid: fit }))!;
    expect(measure).toEqual({ name: 'train RMSE', unit: 'number', part: 'train' });
    expect(linesOf(view({ grid: fit, runs: [result(0, 0.2)] }), measure)[0].spreads[0].mean).toBe(0);
  });
});

describe('results beside the lines', () => {
  it('give each optimizer with its range over the parameterizations', () => {
    const lines = [
      line('GD', [spread(0.3)]),
      line('NGD', [spread(0.36)]),
      line('GD', [spread(0.11)], { parameterization: 'square' }),
    ];
    expect(experimentText(lines, share)).toBe('GD 11–30 % · NGD 36 % test error');
    const text = (mean: number, deviation: number, measure: typeof share | typeof rmse = share) =>
      experimentText([line('GD', [spread(mean, deviation)])], measure);
    expect(text(0.021, 0.003, rmse)).toBe('GD 0.021 ± 0.003 test RMSE, n = 8');
    expect(text(0.3, 0.0323)).toBe('GD 30 % ± 3 test error, n = 8');
    expect(text(0.3, 0)).toBe('GD 30 % ± 0 test error, n = 8');
    expect(experimentText([], share)).toBe('');
  });

  it('give a parameterization with its curves on one scale', () => {
    const lines = [
      line('GD', [spread(0.3, 0.01)], { curve: [0.5, 0.4, 0.3] }),
      line('NGD', [spread(0.25)], { curve: [0.5, 0.25] }),
      line('GD', [spread(0.1)], { parameterization: 'square' }),
    ];
    expect(parameterizationText(lines, 'linear', share)).toBe('GD 30 % ± 1 █▇▅ · NGD 25 % █▅, n = 8');
    expect(parameterizationText(lines, 'square', share)).toBe('GD 10 %');
    expect(parameterizationText(lines, 'new', share)).toBe('');
  });

  it('say how many runs did not come to an end', () => {
    const some = { ...all, counted: 5, diverged: 3 };
    const lines = [
      line('GD', [spread(0.3, 0.02, 5)], { tally: some }),
      line('NGD', [], { tally: { ...all, counted: 0, diverged: 7, stopped: 1 } }),
    ];
    expect(experimentText(lines, share)).toBe(
      'GD 30 % ± 2 (3 of 8 diverged) · NGD 7 of 8 diverged, 1 stopped test error',
    );
    expect(parameterizationText(lines, 'linear', share)).toBe(
      'GD 30 % ± 2 (3 of 8 diverged) · NGD 7 of 8 diverged, 1 stopped',
    );
  });

  it('draw curves that diverge or vanish', () => {
    expect(sparkline([1, Number.NaN, 0], 1)).toBe('█×▁');
    expect(sparkline([0, 0], 0)).toBe('');
  });
});

describe('paths beside the optimizers', () => {
  const summary = {
    sentence: '',
    paths: { GD: { count: 3, distance: 0.79, startDistance: 0 }, NGD: null },
    space: 'training outputs' as const,
  };

  it('say how many they are and how far apart', () => {
    expect(optimizerText(view({ summary }), 'GD')).toBe('3 paths: differ by up to 79 %');
    const withPaths = (count: number, distance: number, startDistance: number) =>
      view({ summary: { ...summary, paths: { GD: { count, distance, startDistance } } } });
    expect(optimizerText(withPaths(1, 0.004, 0), 'GD')).toBe('one path: differ by up to 0.4 %');
    expect(optimizerText(withPaths(2, 0.3, 0.12), 'GD')).toBe('2 paths: differ by up to 30 %, by 12 % at the start');
    expect(optimizerText(view({ summary }), 'NGD')).toBe('');
    expect(optimizerText(view({ summary }), 'new')).toBe('');
    expect(optimizerText(view(), 'GD')).toBe('');
  });

  it('are explained when the pointer rests on them', () => {
    const text = optimizerHover(view({ summary, stale: true }), 'GD')!;
    expect(text).toMatch(/^\*\*GD\*\*/);
    expect(text).toContain('3 paths: differ by up to 79 % of the distance travelled');
    expect(text).toContain('the largest distance between their training outputs at one time');
    expect(text).toContain("`result.invariance('GD')`, is 0.79");
    expect(text).toContain('earlier version of the text');
    expect(optimizerHover(view({ summary: { ...summary, space: null } }), 'GD')).toContain(
      'the largest distance between their places in function space',
    );
    expect(optimizerHover(view({ summary }), 'NGD')).toBeNull();
    expect(optimizerHover(view(), 'GD')).toBeNull();
  });
});

describe('lenses', () => {
  it('count the runs', () => {
    expect(progressText(view({ status: 'loading' }))).toBe('loading');
    expect(progressText(view({ status: 'running', runs: [result(0, 0.1)] }))).toBe('running 1/8');
    expect(progressText(view({ status: 'running', stale: true, runs: [result(0, 0.1)] }))).toBe('running');
  });

  it('say how it went', () => {
    const claims = [true, true, false].map((holds, i) => ({ claim: `claim ${i}`, holds, error: null }));
    const runs = grid().runs.map(({ id }) => result(id, 0.1));
    expect(outcomeText(view({ runs, seconds: 1.94, claims: claims.slice(0, 2) }))).toBe('✓ 2 claims · 2 seeds · 1.9 s');
    expect(outcomeText(view({ runs, seconds: 1.94, claims }))).toBe('✗ 1 of 3 claims · 2 seeds · 1.9 s');
    const broken = runs.map((run, i) => (i < 3 ? { ...run, diverged: 7 } : i < 4 ? { ...run, singular: 0.1 } : run));
    expect(outcomeText(view({ seconds: 61, runs: broken }))).toBe('2 seeds · 3 of 8 diverged, 1 singular · 1 min 1 s');
    expect(outcomeText(view({ runs, stale: true, seconds: 12 }))).toBe('2 seeds · 12 s · text changed');
    expect(outcomeText(view({ status: 'canceled', runs: [result(0, 0.1)] }))).toBe('stopped at 1/8');
    expect(outcomeText(view({ status: 'failed', failure: failure({ message: 'no such thing\nmore' }) }))).toBe(
      '✗ no such thing',
    );
    expect(outcomeText(view({ status: 'idle' }))).toBeNull();
  });

  it.each([
    [0.04, '0.0 s'],
    [9.96, '10 s'],
    [59.6, '1 min 0 s'],
    [125, '2 min 5 s'],
  ])('say %d seconds as %s', (seconds, text) => {
    expect(secondsText(seconds)).toBe(text);
  });
});

describe('hovers', () => {
  it('show a table with the words of the user as they are', () => {
    const named = grid();
    named.parameterizations = ['a|b', 'square'];
    named.runs = named.runs.map((run) => ({ ...run, parameterization: run.id < 4 ? 'a|b' : 'square' }));
    const runs = [0, 1].map((id) => ({ ...result(id, 0.25), parameterization: 'a|b' }));
    const text = hoverText(view({ grid: named, runs }), 'a|b')!;
    expect(text.split('\n')[2]).toBe('| **a\\|b** | GD | 0 % ± 0 | 25 % ± 0 | 25 % ± 0 | 0.1 ± 0 | 2 |');
    expect(text).toContain('sample standard deviation (n − 1)');
    const broken = [runs[0], { ...runs[1], diverged: 9 }];
    expect(hoverText(view({ grid: named, runs: broken }), 'a|b')).toContain(
      '| 25 % | 25 % | 0.1 | 1 of 2 (1 of 2 diverged) |',
    );
    expect(hoverText(view({ grid: named, runs }), 'square')).toBeNull();
    expect(hoverText(view(), null)).toBeNull();
  });

  it('escape what Markdown would take for its own', () => {
    expect(escaped('[x](command:y) `z`\n')).toBe('\\[x\\]\\(command:y\\) \\`z\\` ');
  });
});
