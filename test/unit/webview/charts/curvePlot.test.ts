import { describe, expect, it } from 'vitest';
import { curvePlot } from '../../../../webview/charts/curvePlot.ts';
import { chartInput } from '../chartInput.ts';
import { batch, grid, result } from '../fixtures.ts';

const flows = { ...grid, steps: null, optimizers: grid.optimizers.map((one) => ({ ...one, isFlow: true as const })) };

describe('curves', () => {
  it('of flows are averaged over time, at times that all seeds have', () => {
    // Both seeds have the same times; the second one's integrator takes other steps.
    const first = batch(0, [0, 10, 20], [4, 2, 1]);
    const second = { ...batch(1, [0, 10, 20], [4, 4, 3]), step: Float64Array.of(0, 7, 31) };
    const { spec } = curvePlot(chartInput({ grid: flows, view: { samples: [first, second] } }));
    expect(spec.x.title).toBe('time t');
    const mean = spec.marks.find((mark) => mark.kind === 'line' && mark.reading?.name === 'linear · GD, train');
    expect(mean).toMatchObject({ x: [0, 1, 2], y: [4, 3, 2] });
  });

  it('say so where the user draws flows over the steps of their integrator', () => {
    const samples = [batch(0, [0, 10, 20], [4, 2, 1])];
    expect(curvePlot(chartInput({ grid: flows, view: { samples }, preferences: { x: 'step' } })).caption).toContain(
      'compare flows over time',
    );
  });

  it('of diverged runs leave the picture, and do not stretch it', () => {
    const samples = [batch(0, [0, 1, 10], [1, 0.5, 0.2]), batch(1, [0, 1, 10], [1, 1e40, 1e300])];
    const runs = [result(0, 0.2, 0.4), result(1, 1e300, 1e300, { diverged: 10 })];
    const { spec, caption } = curvePlot(chartInput({ view: { samples, runs, status: 'finished' } }));
    expect(spec.y.max).toBeLessThan(1e5);
    expect(caption).toContain('runs that diverged');
  });

  it('have their numbers in a table', () => {
    const samples = [batch(0, [0, 1, 10], [4, 2, 1])];
    const { table } = curvePlot(chartInput({ view: { samples }, preferences: { logX: { step: false, time: null } } }));
    expect(table.columns.slice(0, 3)).toEqual(['step', 'linear · GD, train', 'linear · GD, test']);
    expect(table.rows.at(-1)?.slice(0, 3)).toEqual(['step 10', '1', '2']);
  });
});
