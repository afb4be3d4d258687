import { describe, expect, it } from 'vitest';
import { labelsOf, marginPlot, marginRows } from '../../../../webview/charts/marginPlot.ts';
import { chartInput } from '../chartInput.ts';
import { result, grid as small } from '../fixtures.ts';

const grid = { ...small, problem: { ...small.problem, trainTargets: Float64Array.of(1, -1, 1, -1) } };
const ended = (id: number, outputs: number[], error = 0) =>
  result(id, error, 0.5, { predictor: Float64Array.of(0, 2), outputs: Float64Array.from(outputs) });

describe('margins', () => {
  it('are y·f over the norm of the predictor', () => {
    const { rows } = marginRows(
      chartInput({ grid, view: { runs: [ended(0, [2, -4, 6, 2], 0.25)], status: 'finished' } }),
    );
    expect(rows.map(({ margins, scale }) => [margins, scale])).toEqual([[[-1, 1, 2, 3], 2]]);
  });

  it('of another seed have the labels that its outputs say, if it classifies all examples', () => {
    const runs = [ended(1, [-2, -4, 6, 2])];
    const input = chartInput({ grid, view: { runs, status: 'finished' }, preferences: { seed: 2 } });
    expect(Array.from(labelsOf(input, { id: 1, seed: 2 })!)).toEqual([-1, -1, 1, 1]);
    expect(marginRows(input).rows[0].margins).toEqual([1, 1, 2, 3]);
    const wrong = chartInput({ grid, view: { runs: [ended(1, [-2, -4, 6, 2], 0.25)] }, preferences: { seed: 2 } });
    expect(labelsOf(wrong, { id: 1, seed: 2 })).toBeNull();
    expect(marginPlot(wrong).empty).toMatch(/labels are not known/);
  });

  it('say how even they are', () => {
    const { table, spec } = marginPlot(
      chartInput({ grid, view: { runs: [ended(0, [2, -2, 2, -2])], status: 'finished' } }),
    );
    expect(table.rows[0]).toEqual(['linear · GD', '1', '1', '1', '1', '1', '2']);
    expect(spec.texts?.find(({ side }) => side === 'right')?.text).toBe('1');
  });
});
