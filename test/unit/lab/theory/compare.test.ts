import { describe, expect, it } from 'vitest';
import { angle, relativeDistance } from '../../../../extension/lab/theory/compare.ts';

describe('distances', () => {
  it('keep small angles and large ones', () => {
    for (const small of [1e-300, 1e-20, 1e-12, 1e-5, 0.1]) {
      expect(angle([1, 0], [1, small]) / Math.atan(small)).toBeCloseTo(1, 12);
      expect(angle([3e200, 0], [-1e-200, 0])).toBe(Math.PI);
    }
    expect(angle([1, 0, 0], [0, 0, 5])).toBeCloseTo(Math.PI / 2, 15);
    expect(angle([0, 0], [1, 0])).toBeNaN();
    expect(relativeDistance([1, 2], [1, 2])).toBe(0);
    expect(relativeDistance([3, 4.5], [3, 4])).toBeCloseTo(0.1, 15);
    expect(relativeDistance([0, 0], [0, 0])).toBe(0);
  });
});
