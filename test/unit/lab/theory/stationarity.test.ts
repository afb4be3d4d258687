import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dataset, elementwise, gd, naturalGradientFlow } from '../../../../extension/lab/index.ts';
import { nonNegativeLeastSquares } from '../../../../extension/lab/linearAlgebra/leastDistance.ts';
import { angle, relativeDistance } from '../../../../extension/lab/theory/compare.ts';
import { leastL1Fit, maxL1Margin } from '../../../../extension/lab/theory/leastL1.ts';
import { type MarginPoint, marginKKT } from '../../../../extension/lab/theory/marginKKT.ts';
import { maxL2Margin } from '../../../../extension/lab/theory/maxL2Margin.ts';
import { minimumNormFit } from '../../../../extension/lab/theory/minimumNormFit.ts';
import { stationarity } from '../../../../extension/lab/theory/stationarity.ts';
import { gaussianRows, norm, sparseData, trained } from '../training.ts';
import { flat, type Labelled, marginsOf, regressionRows, seeds, separableRows, subsets } from './randomProblems.ts';

describe('non-negative least squares', () => {
  it('are the best over all sets of columns', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 4 }), (seed, count, length) => {
        const columns = gaussianRows(seed, count, length).map((column) => Float64Array.from(column));
        const target = flat(gaussianRows(seed + 1, 1, length));
        const { u, residual } = nonNegativeLeastSquares(columns, target);
        expect(Math.min(...u)).toBeGreaterThanOrEqual(0);
        let least = norm(target);
        for (let size = 1; size <= count; size++) {
          for (const chosen of subsets(count, size)) {
            const x = new Float64Array(length * size);
            chosen.forEach((c, k) => {
              for (let i = 0; i < length; i++) x[i * size + k] = columns[c][i];
            });
            const weights = minimumNormFit(x, length, size, target);
            if (Math.min(...weights) < 0) continue;
            least = Math.min(
              least,
              norm(target.map((t, i) => t - chosen.reduce((sum, c, k) => sum + weights[k] * columns[c][i], 0))),
            );
          }
        }
        expect(Math.abs(norm(residual) - least)).toBeLessThan(1e-10);
        const again = target.map((t, i) => t - columns.reduce((sum, column, k) => sum + u[k] * column[i], 0));
        expect(norm(again.map((value, i) => value - residual[i]))).toBeLessThan(1e-10);
      }),
      { numRuns: 100 },
    );
  });
});

describe('stationarity', () => {
  const rows = regressionRows(51, 12, 30);
  const of = (w: Float64Array, depth: number) => stationarity(rows.x, 12, 30, rows.y, w, depth);

  it('holds at depth 1 for the minimum-norm fit alone', async () => {
    const found = of(minimumNormFit(rows.x, 12, 30, rows.y), 1);
    expect(found.residual).toBeLessThan(1e-12);
    expect(found.misfit).toBeLessThan(1e-12);
    expect(found.excess).toBeNull();
    expect(of((await leastL1Fit(rows.x, 12, 30, rows.y)) ?? new Float64Array(30), 1).residual).toBeGreaterThan(0.1);
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

describe('the KKT residual of a margin', () => {
  it('is 0 at the largest L2 margin of a linear model, and not elsewhere', () => {
    const rows = separableRows(71, 20, 8);
    const gradients = Array.from({ length: 20 }, (_, i) =>
      rows.x.slice(i * 8, (i + 1) * 8).map((value) => rows.y[i] * value),
    );
    const theta = (maxL2Margin(rows.x, 20, 8, rows.y)?.w ?? new Float64Array(8)).map((value) => 7 * value);
    const found = marginKKT({ gradients, theta, margins: Float64Array.from(marginsOf(rows, theta)) });
    expect(found.residual).toBeLessThan(1e-11);
    expect(found.slackness).toBeLessThan(1e-11);
    const other = Float64Array.of(1, -1, 1, 0, 0, 0, 0, 0);
    const far = marginKKT({ gradients, theta: other, margins: Float64Array.from(marginsOf(rows, other)) });
    expect(far.residual + far.slackness).toBeGreaterThan(0.05);
    const against = theta.map((value) => -value);
    const wrong = marginKKT({ gradients, theta: against, margins: Float64Array.from(marginsOf(rows, against)) });
    expect(wrong.residual).toBeGreaterThan(0.5);
    expect(wrong.slackness).toBeNaN();
  });

  /** u² − v² on rows, at its parameters. */
  const diagonalPoint = ({ x, n, d, y }: Labelled, u: Float64Array, v: Float64Array): MarginPoint => ({
    gradients: Array.from({ length: n }, (_, i) =>
      Float64Array.from([...u, ...v.map((value) => -value)], (value, k) => 2 * y[i] * x[i * d + (k % d)] * value),
    ),
    theta: Float64Array.from([...u, ...v]),
    margins: Float64Array.from(
      marginsOf(
        { x, n, d, y },
        u.map((value, j) => value * value - v[j] * v[j]),
      ),
    ),
  });

  it('is 0 for u² − v² at the largest L1 margin', async () => {
    const rows = separableRows(73, 20, 30);
    const w = (await maxL1Margin(rows.x, 20, 30, rows.y)) ?? new Float64Array(30);
    const root = (sign: number) => w.map((value) => Math.sqrt(Math.max(0, sign * value)));
    const found = marginKKT(diagonalPoint(rows, root(1), root(-1)));
    expect(found.residual).toBeLessThan(1e-10);
    expect(found.slackness).toBeLessThan(1e-10);
    const even = new Float64Array(30).fill(0.5);
    expect(marginKKT(diagonalPoint(rows, root(1), even)).residual).toBeGreaterThan(0.1);
  });

  it('falls along gradient descent on u² − v²', () => {
    const { inputs, labels } = sparseData(72, 10, 20);
    const start = 0.3;
    const run = trained({
      problem: dataset({ train: { inputs, labels }, loss: 'logistic' }),
      parameterization: elementwise({ u: start, v: start }, ({ u, v }) => u * u - v * v),
      optimizer: gd({ rate: 0.01, normalized: true }),
      steps: 20_000,
    });
    const rows = { x: flat(inputs), n: 10, d: 20, y: Float64Array.from(labels) };
    const [early, late] = [run.samples.find(({ step }) => step >= 200), run.samples.at(-1)].map((sample) => {
      const w = sample?.predictor ?? new Float64Array(20);
      // Gradient flow keeps u v = start², so that w gives both (descent by finite steps does so nearly).
      const larger = w.map((value) => Math.sqrt((Math.abs(value) + Math.hypot(value, 2 * start ** 2)) / 2));
      const u = larger.map((value, j) => (w[j] > 0 ? value : start ** 2 / value));
      return marginKKT(
        diagonalPoint(
          rows,
          u,
          u.map((value) => start ** 2 / value),
        ),
      );
    });
    expect(late.residual).toBeLessThan(0.6 * early.residual);
    expect(late.slackness).toBeLessThan(0.1);
  });
});

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
