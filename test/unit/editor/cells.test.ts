import { describe, expect, it } from 'vitest';
import { linesOf, measureOf } from '../../../extension/editor/cells.ts';
import { spreadOf } from '../../../extension/lab/results/index.ts';
import { type ExperimentView, idleRecord } from '../../../extension/runs/record.ts';
import { batch, FILE, grid, result } from '../runs/events.ts';

const share = { name: 'test error', unit: 'share', part: 'test' } as const;

const view = (changes: Partial<ExperimentView> = {}): ExperimentView => ({
  ...idleRecord(FILE, 'One').view,
  status: 'finished',
  grid: grid(),
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
