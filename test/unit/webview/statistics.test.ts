import { describe, expect, it } from 'vitest';
import { bandOf } from '../../../webview/statistics.ts';

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
