import { describe, expect, it } from 'vitest';
import { bandOf } from '../../../webview/statistics.ts';

describe('seeds as mean and band', () => {
  it('takes mean, smallest and largest at common samples', () => {
    const band = bandOf([
      { x: [0, 1, 2], y: [4, 2, 1] },
      { x: [0, 1, 2], y: [2, 4, 3] },
      { x: [0, 1, 2], y: [3, 3, 5] },
    ]);
    expect(band).toEqual({ x: [0, 1, 2], mean: [3, 3, 3], low: [2, 2, 1], high: [4, 4, 5], count: 3, tails: [] });
  });

  it('averages seeds with different samples as far as all of them go, and lets the others go on alone', () => {
    const band = bandOf([
      { x: [0, 1, 2, 4], y: [0, 1, 2, 4] },
      { x: [0, 2.5, 3], y: [10, 12.5, 13] },
    ]);
    expect(band.x).toEqual([0, 1, 2, 3]);
    expect(band.mean).toEqual([5, 6, 7, 8]);
    expect(band.count).toBe(2);
    expect(band.tails).toEqual([{ x: [3, 4], y: [3, 4] }]);
  });

  it('does not jump where a seed ends: every place of the mean has the same seeds', () => {
    const flow = (end: number, level: number) => {
      const x = Array.from({ length: 40 }, (_, i) => (i * end) / 39);
      return { x, y: x.map(() => level) };
    };
    const { mean } = bandOf([flow(90, 1), flow(110, 5), flow(70, 3)]);
    expect(new Set(mean)).toEqual(new Set([3]));
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
