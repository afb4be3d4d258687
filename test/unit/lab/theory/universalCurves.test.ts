import { describe, expect, it } from 'vitest';
import { dataset, elementwise, naturalGradientFlow } from '../../../../extension/lab/index.ts';
import {
  lossCurve,
  marginCurve,
  residualCurve,
  squareLossCurve,
} from '../../../../extension/lab/theory/universalCurves.ts';
import { required } from '../../required.ts';
import { gaussianRows, marginsOf, sparseData, trained } from '../trained.ts';

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
    const starts = Float64Array.from(marginsOf(required(run.samples[0].outputs), labels));
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
    const residuals = Float64Array.from(required(run.samples[0].outputs), (f, i) => f - labels[i]);
    for (const { time, train } of run.samples) expect(train.loss / squareLossCurve(residuals, time)).toBeCloseTo(1, 6);
  });
});
