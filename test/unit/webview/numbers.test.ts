import { describe, expect, it } from 'vitest';
import { logRange, rangeWith } from '../../../webview/charts/cellBand.ts';
import { cosine, direction, magnitude, rms } from '../../../webview/charts/comparison.ts';
import { equalRanges, rangeOf } from '../../../webview/charts/ranges.ts';
import { bandOf } from '../../../webview/statistics.ts';
import { thin } from '../../../webview/thin.ts';
import { logTicks } from '../../../webview/ticks.ts';

describe('seeds as mean and band', () => {
  it('takes mean, smallest and largest at common samples', () => {
    const band = bandOf([
      { x: [0, 1, 2], y: [4, 2, 1] },
      { x: [0, 1, 2], y: [2, 4, 3] },
      { x: [0, 1, 2], y: [3, 3, 5] },
    ]);
    expect(band).toEqual({ x: [0, 1, 2], mean: [3, 3, 3], low: [2, 2, 1], high: [4, 4, 5], count: [3, 3, 3] });
  });

  it('reads seeds with other samples between theirs, and leaves out those that have not come so far', () => {
    const band = bandOf([
      { x: [0, 2, 4], y: [0, 2, 4] },
      { x: [0, 1, 3], y: [10, 11, 13] },
    ]);
    expect(band.x).toEqual([0, 1, 2, 3, 4]);
    expect(band.mean).toEqual([5, 6, 7, 8, 4]);
    expect(band.count).toEqual([2, 2, 2, 2, 1]);
  });

  it('leaves out what is not finite, and everything where nothing is', () => {
    const band = bandOf([
      { x: [0, 1], y: [1, Number.NaN] },
      { x: [0, 1], y: [3, Number.NaN] },
    ]);
    expect(band.x).toEqual([0]);
    expect(bandOf([]).x).toEqual([]);
    expect(bandOf([{ x: [], y: [] }]).x).toEqual([]);
  });
});

describe('thinning', () => {
  const x = Array.from({ length: 10_001 }, (_, i) => i);
  const y = x.map((at) => (at === 7777 ? 100 : Math.sin(at / 500)));

  it('keeps ends and spikes within the limit', () => {
    const kept = thin(x, y, 200);
    expect(kept.length).toBeLessThanOrEqual(202);
    expect(kept[0]).toBe(0);
    expect(kept[kept.length - 1]).toBe(10_000);
    expect(kept).toContain(7777);
    expect(kept).toEqual([...kept].sort((a, b) => a - b));
  });

  it('gives every decade of a logarithmic axis its share, and drops zero', () => {
    const kept = thin(x, y, 200, 'log');
    expect(kept[0]).toBe(1);
    const firstDecades = kept.filter((i) => x[i] <= 100).length;
    expect(firstDecades).toBeGreaterThan(kept.length * 0.3);
    expect(thin(x, y, 200).filter((i) => x[i] <= 100).length).toBeLessThan(8);
  });

  it('leaves short curves as they are', () => {
    expect(thin([1, 2, 3], [1, 1, 1], 10)).toEqual([0, 1, 2]);
  });
});

describe('logarithmic axes', () => {
  it('label whole decades, with an even stride where there are many', () => {
    expect(logTicks(1, 1000)).toEqual([1, 10, 100, 1000]);
    expect(logTicks(1e-12, 1)).toEqual([1e-12, 1e-10, 1e-8, 1e-6, 1e-4, 1e-2, 1]);
    expect(logTicks(1e-300, 1).length).toBeLessThanOrEqual(7);
  });

  it('label within a decade where there are few', () => {
    expect(logTicks(0.3, 0.7)).toEqual([0.3, 0.4, 0.5, 0.6, 0.7]);
    expect(logTicks(0.05, 2).length).toBeGreaterThanOrEqual(2);
    expect(logTicks(0, 1)).toEqual([]);
  });

  it('have a margin, even over more decades than a number can span at once', () => {
    const band = (low: number, high: number) => ({ x: [1], mean: [high], low: [low], high: [high], count: [1] });
    const [min, max] = logRange([band(0.01, 1)])!;
    expect(min).toBeLessThan(0.01);
    expect(max).toBeGreaterThan(1);
    const wide = logRange([band(1e-300, 1e300)])!;
    expect(wide[0]).toBeGreaterThan(0);
    expect(wide[1]).toBeLessThan(Number.POSITIVE_INFINITY);
    expect(logRange([band(0, 0)])).toBeNull();
  });

  it('are not stretched by a curve that diverges', () => {
    const band = (...values: number[]) => {
      return { x: values.map((_, i) => i), mean: values, low: values, high: values, count: values.map(() => 1) };
    };
    const [fine, lost] = [band(1, 0.5, 0.1), band(1, 1e100, 1e300)];
    expect(rangeWith([fine], [lost], true).max).toBeLessThan(1e4);
    expect(rangeWith([fine], [lost], false)).toEqual({ max: 1.05 });
    expect(rangeWith([fine], [], false)).toEqual({});
    expect(rangeWith([band()], [lost], true).max).toBeLessThan(1e5);
    expect(rangeWith([band()], [lost], false)).toEqual({ max: 1050 });
  });
});

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

describe('comparison with the truth', () => {
  it('measures angles and errors', () => {
    expect(cosine([1, 0], [1, 1])).toBeCloseTo(Math.SQRT1_2, 12);
    expect(cosine([0, 0], [1, 1])).toBeNaN();
    expect(rms([1, 2], [1, 4])).toBeCloseTo(Math.SQRT2, 12);
    expect([...direction([3, 4])]).toEqual([0.6, 0.8]);
    expect([...direction([0, 0])]).toEqual([0, 0]);
  });

  it('finds the scale of colours, robust against outliers', () => {
    expect(magnitude([1, -2, 0.5])).toBe(2);
    expect(magnitude([...Array(99).fill(1), 1000], 0.9)).toBe(1);
    expect(magnitude([0, 0])).toBe(1);
  });
});
