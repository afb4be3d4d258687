import { describe, expect, it } from 'vitest';
import { factorization, gradientFlow, matrixCompletion } from '../../../../extension/lab/index.ts';
import { modeCurve } from '../../../../extension/lab/theory/modes.ts';
import { required } from '../../required.ts';
import { trained } from '../trained.ts';

/** Runge and Kutta's classical method in many small steps. */
function integrate(slope: (y: number) => number, y0: number, t: number, steps = 20_000): number {
  const h = t / steps;
  let y = y0;
  for (let i = 0; i < steps; i++) {
    const k1 = slope(y);
    const k2 = slope(y + (h / 2) * k1);
    const k3 = slope(y + (h / 2) * k2);
    y += (h / 6) * (k1 + 2 * k2 + 2 * k3 + slope(y + h * k3));
  }
  return y;
}

describe('a mode of a product of matrices', () => {
  it.each([
    [0.1, 2, 1, 1],
    [0.1, 2, 2, 1.5],
    [0.1, 2, 3, 2],
    [0.2, 1, 4, 5],
    [0.1, 0.5, 7, 20],
    [1, 0, 2, 3],
    [1, 0, 3, 3],
    [1, -0.5, 2, 2],
    [1, -0.5, 3, 2],
    [3, 1, 2, 0.3],
    [-0.2, -1.5, 3, 2],
    [-0.2, -1.5, 2, 2],
  ])('solves da/dt = D |a|^(2 − 2/D) (s − a) from %d to %d at depth %d, t = %d', (a0, s, depth, t) => {
    const slope = (a: number) => depth * Math.abs(a) ** (2 - 2 / depth) * (s - a);
    expect(Math.abs(modeCurve(a0, s, depth, t) - integrate(slope, a0, t))).toBeLessThan(1e-11);
  });

  it.each([2, 3])('is what gradient flow on a balanced product of %d matrices does, mn times slower', (depth) => {
    const targets = [2, 1, 0.5];
    const onDiagonal = (values: number[]) => values.map((value, i) => values.map((_, j) => (i === j ? value : 0)));
    const observed = targets.flatMap((_, i) => targets.map((__, j): [number, number] => [i, j]));
    const factor = onDiagonal([0.6, 0.5, 0.4]);
    const run = trained({
      problem: matrixCompletion({ matrix: onDiagonal(targets), observed }),
      parameterization: factorization({ depth, init: new Array(depth).fill(factor) }),
      optimizer: gradientFlow({ until: 12, rtol: 1e-10, atol: 1e-13 }),
    });
    for (const { time, predictor } of run.samples.filter((_, k) => k % 20 === 0)) {
      targets.forEach((s, i) => {
        expect(
          Math.abs(required(predictor?.[4 * i]) - modeCurve(factor[i][i] ** depth, s, depth, time / 9)),
        ).toBeLessThan(1e-8);
      });
    }
  });

  it('rests at 0, and ends at its target or at 0', () => {
    expect(modeCurve(0, 1, 2, 5)).toBe(0);
    expect(modeCurve(0, 1, 1, 1e9)).toBe(1);
    for (const depth of [1, 2, 3, 5]) {
      expect(modeCurve(0.01, 2, depth, Number.POSITIVE_INFINITY)).toBe(2);
      expect(modeCurve(0.01, 2, depth, 1e7)).toBeCloseTo(2, 12);
      if (depth > 1) expect(modeCurve(0.5, -2, depth, Number.POSITIVE_INFINITY)).toBe(0);
    }
    expect(modeCurve(0.5, -2, 2, 1e3)).toBe(0);
  });

  it.each([2, 3])('is continuous where its target passes 0, at depth %d', (depth) => {
    for (const t of [0.1, 3, 100]) {
      for (const s of [1e-17, -1e-17, 1e-300, -1e-300]) {
        expect(modeCurve(0.3, s, depth, t) / modeCurve(0.3, 0, depth, t)).toBeCloseTo(1, 11);
      }
    }
  });

  it('waits on its plateau for a time that grows with the depth', () => {
    // From a₀ ≪ s the time to s/2 is about log(s/a₀)/2s at depth 2, and a₀^(2/D − 1) / ((D − 2) s) deeper.
    const rises = (depth: number) => {
      let [from, to] = [0, 1e9];
      while (to - from > 1e-9 * to) {
        const middle = (from + to) / 2;
        if (modeCurve(1e-6, 1, depth, middle) < 0.5) from = middle;
        else to = middle;
      }
      return from;
    };
    expect(rises(2) / (Math.log(1e6) / 2)).toBeCloseTo(1, 6);
    expect(rises(3) / 100).toBeGreaterThan(0.98);
    expect(rises(3) / 100).toBeLessThan(1.05);
  });
});
