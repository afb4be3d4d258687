import { describe, expect, it } from 'vitest';
import { type Cell, cellsOf, measureOf } from '../../../extension/editor/cells.ts';
import { escaped, hoverText } from '../../../extension/editor/hoverText.ts';
import { outcomeText, progressText, secondsText } from '../../../extension/editor/lensText.ts';
import { optimizerHover, optimizerText } from '../../../extension/editor/pathText.ts';
import { experimentText, numberText, parameterizationText, sparkline } from '../../../extension/editor/resultText.ts';
import { type ExperimentView, idleRecord } from '../../../extension/runs/record.ts';
import { batch, FILE, failure, grid, result } from '../runs/events.ts';

const share = { name: 'test error', isShare: true };
const rmse = { name: 'test RMSE', isShare: false };

const view = (changes: Partial<ExperimentView> = {}): ExperimentView => ({
  ...idleRecord(FILE, 'One').view,
  status: 'finished',
  grid: grid(),
  ...changes,
});

const cell = (optimizer: string, low: number, changes: Partial<Cell> = {}): Cell => ({
  parameterization: 'linear',
  optimizer,
  low,
  high: low,
  deviation: null,
  curve: [],
  ...changes,
});

describe('numbers', () => {
  it.each([
    [0.1123, '11 %'],
    [0.0412, '4.1 %'],
    [0.04, '4 %'],
    [0.0004, '0.04 %'],
    [0, '0 %'],
    [1, '100 %'],
  ])('show the share %d as %s', (value, text) => {
    expect(numberText(value, share)).toBe(text);
  });

  it.each([
    [0.02134, '0.021'],
    [1.5, '1.5'],
    [123.4, '123'],
    [3e-9, '3.0e-9'],
    [12345, '1.2e4'],
    [Number.NaN, '?'],
    [Number.POSITIVE_INFINITY, '∞'],
  ])('show the number %d as %s', (value, text) => {
    expect(numberText(value, rmse)).toBe(text);
  });
});

describe('cells', () => {
  it('average over seeds, from finished runs and from curves that still grow', () => {
    const cells = cellsOf(view({ runs: [result(0, 0.2)], samples: [batch(0, [0.5, 0.3]), batch(1, [0.5, 0.4])] }));
    expect(cells).toHaveLength(1);
    expect(cells[0]).toMatchObject({ parameterization: 'linear', optimizer: 'GD' });
    expect(cells[0].low).toBeCloseTo(0.3);
    expect(cells[0].deviation).toBeCloseTo(Math.SQRT2 / 10);
    expect(cells[0].curve).toEqual([0.5, 0.35]);
  });

  it('span the points of a sweep', () => {
    const swept = grid();
    swept.runs = swept.runs.map((run) => ({ ...run, point: { depth: run.seed } }));
    const [first] = cellsOf(view({ grid: swept, runs: [result(0, 0.2), result(1, 0.4)] }));
    expect(first).toMatchObject({ low: 0.2, high: 0.4, deviation: null });
  });

  it('measure what the problem has', () => {
    expect(measureOf(view())).toEqual(share);
    const fit = grid();
    fit.problem = { ...fit.problem, errorName: 'RMSE', test: 0 };
    expect(measureOf(view({ grid: fit }))).toEqual({ name: 'train RMSE', isShare: false });
    expect(cellsOf(view({ grid: fit, runs: [result(0, 0.2)] }))[0].low).toBe(0);
  });
});

describe('results beside the lines', () => {
  it('give each optimizer with its range over the parameterizations', () => {
    const cells = [cell('GD', 0.3), cell('NGD', 0.36), cell('GD', 0.11, { parameterization: 'square' })];
    expect(experimentText(cells, share)).toBe('GD 11–30 % · NGD 36 % test error');
    expect(experimentText([cell('GD', 0.021, { deviation: 0.003 })], rmse)).toBe('GD 0.021 ± 0.003 test RMSE');
    expect(experimentText([cell('GD', 0.3, { deviation: 0.0223 })], share)).toBe('GD 30 % ± 2 test error');
    expect(experimentText([cell('GD', 0.3, { deviation: 0.0022 })], share)).toBe('GD 30 % ± 0.2 test error');
    expect(experimentText([cell('GD', 0.3, { deviation: 0 })], share)).toBe('GD 30 % ± 0 test error');
    expect(experimentText([cell('GD', 3e-9, { deviation: 2e-9 })], rmse)).toBe('GD 3.0e-9 ± 2.0e-9 test RMSE');
    expect(experimentText([], share)).toBe('');
  });

  it('give a parameterization with its curves on one scale', () => {
    const cells = [
      cell('GD', 0.3, { deviation: 0.01, curve: [0.5, 0.4, 0.3] }),
      cell('NGD', 0.25, { curve: [0.5, 0.25] }),
      cell('GD', 0.1, { parameterization: 'square' }),
    ];
    expect(parameterizationText(cells, 'linear', share)).toBe('GD 30 % ± 1 █▇▅ · NGD 25 % █▅');
    expect(parameterizationText(cells, 'square', share)).toBe('GD 10 %');
    expect(parameterizationText(cells, 'new', share)).toBe('');
  });

  it('draw curves that diverge or vanish', () => {
    expect(sparkline([1, Number.NaN, 0], 1)).toBe('█×▁');
    expect(sparkline([0, 0], 0)).toBe('');
  });
});

describe('paths beside the optimizers', () => {
  const summary = {
    sentence: '',
    invariance: { GD: 0.912, NGD: null },
    paths: { GD: { count: 3, apart: 0.79 }, NGD: null },
    space: 'training outputs' as const,
  };

  it('say how many they are and how far apart', () => {
    expect(optimizerText(view({ summary }), 'GD')).toBe('3 paths: apart by 79 %');
    expect(optimizerText(view({ summary: { ...summary, paths: { GD: { count: 1, apart: 0.004 } } } }), 'GD')).toBe(
      'one path: apart by 0.4 %',
    );
    expect(optimizerText(view({ summary }), 'NGD')).toBe('');
    expect(optimizerText(view({ summary }), 'new')).toBe('');
    expect(optimizerText(view(), 'GD')).toBe('');
  });

  it('are explained when the pointer rests on them', () => {
    const text = optimizerHover(view({ summary, stale: true }), 'GD')!;
    expect(text).toMatch(/^\*\*GD\*\*/);
    expect(text).toContain('3 paths: apart by 79 % of the way gone');
    expect(text).toContain('how far their training outputs are');
    expect(text).toContain("`result.invariance('GD')` is 0.91");
    expect(text).toContain('earlier text');
    expect(optimizerHover(view({ summary: { ...summary, space: null } }), 'GD')).toContain(
      'how far their places in function space are',
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
    expect(outcomeText(view({ seconds: 1.94, claims: claims.slice(0, 2) }))).toBe('✓ 2 claims · 2 seeds · 1.9 s');
    expect(outcomeText(view({ seconds: 1.94, claims }))).toBe('✗ 1 of 3 claims · 2 seeds · 1.9 s');
    expect(outcomeText(view({ seconds: 61, runs: [{ ...result(0, 0.1), diverged: 7 }] }))).toBe(
      '2 seeds · 1 diverged · 1 min 1 s',
    );
    expect(outcomeText(view({ stale: true, seconds: 12 }))).toBe('2 seeds · 12 s · text changed');
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
    expect(text.split('\n').at(-1)).toBe('| **a\\|b** | GD | 0 % | 25 % | 25 % | 0.1 | 2 |');
    expect(hoverText(view({ grid: named, runs }), 'square')).toBeNull();
    expect(hoverText(view(), null)).toBeNull();
  });

  it('escape what Markdown would take for its own', () => {
    expect(escaped('[x](command:y) `z`\n')).toBe('\\[x\\]\\(command:y\\) \\`z\\` ');
  });
});
