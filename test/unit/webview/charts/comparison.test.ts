import { describe, expect, it } from 'vitest';
import { cosine, direction, magnitude, rms } from '../../../../webview/charts/comparison.ts';

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
