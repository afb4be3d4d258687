import { describe, expect, it } from 'vitest';
import {
  dataset,
  elementwise,
  factorization,
  gradientFlow,
  matrixCompletion,
  naturalGradientFlow,
} from '../../../../extension/lab/index.ts';
import { modeCurve } from '../../../../extension/lab/theory/modes.ts';
import {
  lossCurve,
  marginCurve,
  residualCurve,
  squareLossCurve,
} from '../../../../extension/lab/theory/universalCurves.ts';
import { gaussianRows, marginsOf, sparseData, trained } from '../training.ts';

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

describe('margins under natural gradient flow', () => {
  it.each([
    [0, 3],
    [-3, 2],
    [4, 10],
    [-0.7, 1e-3],
  ])('solve dm/dt = 1 + e^−m from %d to t = %d', (m0, t) => {
    expect(marginCurve(m0, t)).toBeCloseTo(
      integrate((m) => 1 + Math.exp(-m), m0, t),
      10,
    );
  });

  it('are exact at both ends of float64', () => {
    expect(marginCurve(2.5, 0)).toBe(2.5);
    expect(marginCurve(700, 1e8)).toBe(700 + 1e8);
    expect(marginCurve(0, 1e8)).toBeCloseTo(1e8 + Math.LN2, 6);
    expect(marginCurve(-700, 1e8)).toBe(1e8);
    // e^m grows by t (e^m₀ + 1) at first: from far below 0 at once.
    expect(marginCurve(-700, 1e-8)).toBeCloseTo(Math.log(1e-8), 7);
    expect(marginCurve(-700, 1e-300)).toBeCloseTo(Math.log(1e-300 + Math.exp(-700)), 11);
    expect(marginCurve(700, 1e-8)).toBeCloseTo(700 + 1e-8, 12);
    for (let m0 = -700; m0 <= 700; m0 += 100) {
      for (let t = 1e-12; t <= 1e8; t *= 10) expect(marginCurve(m0, t)).toBeGreaterThanOrEqual(m0);
    }
  });

  it('give the loss of a run, whatever its parameterization', () => {
    const { inputs, labels } = sparseData(11, 20, 40);
    const run = trained({
      problem: dataset({ train: { inputs, labels }, loss: 'logistic' }),
      parameterization: elementwise({ u: 0.3, v: 0.2 }, ({ u, v }) => u * u - v * v),
      optimizer: naturalGradientFlow({ until: 30, rtol: 1e-10, atol: 1e-13 }),
    });
    const starts = Float64Array.from(marginsOf(run.samples[0].outputs ?? new Float64Array(), labels));
    for (const { time, train } of run.samples) expect(train.loss / lossCurve(starts, time)).toBeCloseTo(1, 6);
  });

  it('leave e^−t of a residual of the square loss', () => {
    expect(residualCurve(-2, Math.LN2)).toBeCloseTo(-1, 15);
    expect(squareLossCurve(Float64Array.of(1, -2, 3), 0)).toBeCloseTo(14 / 6, 15);
    const { inputs } = sparseData(11, 10, 30);
    const labels = gaussianRows(5, 1, 10)[0];
    const run = trained({
      problem: dataset({ train: { inputs, labels }, loss: 'square' }),
      parameterization: elementwise({ u: 0.5, v: 0.4 }, ({ u, v }) => u * u - v * v),
      optimizer: naturalGradientFlow({ until: 4, rtol: 1e-10, atol: 1e-13 }),
    });
    const residuals = Float64Array.from(run.samples[0].outputs ?? [], (f, i) => f - labels[i]);
    for (const { time, train } of run.samples) expect(train.loss / squareLossCurve(residuals, time)).toBeCloseTo(1, 6);
  });
});

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
        expect(Math.abs((predictor?.[4 * i] ?? 0) - modeCurve(factor[i][i] ** depth, s, depth, time / 9))).toBeLessThan(
          1e-8,
        );
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
