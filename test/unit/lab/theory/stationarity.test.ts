import { describe, expect, it } from 'vitest';
import { dataset, elementwise, naturalGradientFlow } from '../../../../extension/lab/index.ts';
import { leastL1Fit } from '../../../../extension/lab/theory/leastL1.ts';
import { minimumNormFit } from '../../../../extension/lab/theory/minimumNormFit.ts';
import { stationarity } from '../../../../extension/lab/theory/stationarity.ts';
import { required } from '../../required.ts';
import { gaussianRows, norm, sparseData, trained } from '../trained.ts';
import { flat, regressionRows } from './randomProblems.ts';

describe('stationarity', () => {
  const rows = regressionRows(51, 12, 30);
  const of = (w: Float64Array, depth: number) => stationarity(rows.x, 12, 30, rows.y, w, depth);

  it('holds at depth 1 for the minimum-norm fit alone', async () => {
    const found = of(minimumNormFit(rows.x, 12, 30, rows.y), 1);
    expect(found.residual).toBeLessThan(1e-12);
    expect(found.misfit).toBeLessThan(1e-12);
    expect(found.excess).toBeNull();
    expect(of(required(await leastL1Fit(rows.x, 12, 30, rows.y)), 1).residual).toBeGreaterThan(0.1);
  });

  it('holds at depth 2 for the least-L1 fit, with no excess', async () => {
    const sparse = of((await leastL1Fit(rows.x, 12, 30, rows.y)) ?? new Float64Array(30), 2);
    expect(sparse.support).toHaveLength(12);
    expect(sparse.residual).toBeLessThan(1e-12);
    expect(sparse.excess).toBe(0);
    expect(of(minimumNormFit(rows.x, 12, 30, rows.y), 2).residual).toBeGreaterThan(0.1);
  });

  it.each([2, 3, 4])('sees u = Jᵀν at depth %d, in any scale', (depth) => {
    // By construction: w_j = u_j |u_j|^(D−1) and X so that Xᵀν = sign(u) |u|^(2 − D).
    const u = Float64Array.from(gaussianRows(61, 1, 9)[0], (value) => value + Math.sign(value) * 0.2);
    const nu = gaussianRows(62, 1, 4)[0];
    const x = flat(gaussianRows(63, 4, 9));
    for (let j = 0; j < 9; j++) {
      const product = nu.reduce((sum, value, i) => sum + value * x[i * 9 + j], 0);
      const missing = Math.sign(u[j]) * Math.abs(u[j]) ** (2 - depth) - product;
      for (let i = 0; i < 4; i++) x[i * 9 + j] += (missing * nu[i]) / norm(nu) ** 2;
    }
    for (const scale of [1, 1e-6, 1e5]) {
      const w = u.map((value) => scale * value * Math.abs(value) ** (depth - 1));
      expect(stationarity(x, 4, 9, new Float64Array(4).fill(1), w, depth).residual).toBeLessThan(1e-12);
    }
    const moved = u.map((value, j) => value * Math.abs(value) ** (depth - 1) * (0.3 + Math.cos(2 * j)));
    expect(stationarity(x, 4, 9, new Float64Array(4).fill(1), moved, depth).residual).toBeGreaterThan(0.01);
  });

  it('comes closer as natural gradient flow on u² − v² from a small start goes on', () => {
    const { inputs, labels } = sparseData(52, 12, 30);
    const run = trained({
      problem: dataset({ train: { inputs, labels }, loss: 'logistic' }),
      parameterization: elementwise({ u: 0.01, v: 0.01 }, ({ u, v }) => u * u - v * v),
      optimizer: naturalGradientFlow({ until: 30 }),
    });
    const y = Float64Array.from(labels);
    const at = (w: Float64Array) => stationarity(flat(inputs), 12, 30, y, w, 2).residual;
    const predictors = run.samples.flatMap(({ time, predictor }) => (time > 0.01 && predictor ? [predictor] : []));
    expect(at(predictors[predictors.length - 1])).toBeLessThan(0.5 * at(predictors[0]));
  });
});
