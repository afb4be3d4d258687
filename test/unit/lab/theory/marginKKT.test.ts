import { describe, expect, it } from 'vitest';
import { dataset, elementwise, gd } from '../../../../extension/lab/index.ts';
import { maxL1Margin } from '../../../../extension/lab/theory/leastL1.ts';
import { type MarginPoint, marginKKT } from '../../../../extension/lab/theory/marginKKT.ts';
import { maxL2Margin } from '../../../../extension/lab/theory/maxL2Margin.ts';
import { sparseData, trained } from '../trained.ts';
import { flat, type Labelled, marginsOf, separableRows } from './randomProblems.ts';

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
