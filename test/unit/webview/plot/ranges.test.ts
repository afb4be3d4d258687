import { describe, expect, it } from 'vitest';
import { equalRanges, rangeOf } from '../../../../webview/plot/ranges.ts';

describe('the plane of trajectories', () => {
  it('has equal scales: a unit is as long on both axes', () => {
    const { x, y } = equalRanges([0, 10], [0, 1], 400, 200);
    expect((x[1] - x[0]) / 400).toBeCloseTo((y[1] - y[0]) / 200, 12);
    expect(x[0]).toBeLessThan(0);
    expect(x[1]).toBeGreaterThan(10);
    expect((y[0] + y[1]) / 2).toBeCloseTo(0.5, 12);
  });

  it('survives a single point', () => {
    const { x, y } = equalRanges([2, 2], [3, 3], 400, 200);
    expect(x[1]).toBeGreaterThan(x[0]);
    expect(y[1]).toBeGreaterThan(y[0]);
    expect(rangeOf([Number.NaN, 2, -1, Number.POSITIVE_INFINITY])).toEqual([-1, 2]);
    expect(rangeOf([])).toBeNull();
  });
});
