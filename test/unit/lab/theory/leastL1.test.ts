import fc from 'fast-check';
import { Matrix, pseudoInverse } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { dataset, elementwise, gd } from '../../../../extension/lab/index.ts';
import { relativeDistance } from '../../../../extension/lab/theory/compare.ts';
import { leastL1Fit, maxL1Margin } from '../../../../extension/lab/theory/leastL1.ts';
import { maxL2Margin } from '../../../../extension/lab/theory/maxL2Margin.ts';
import { required } from '../../required.ts';
import { norm, sparseData, trained } from '../trained.ts';
import {
  flat,
  type Labelled,
  l1,
  marginsOf,
  outputsOf,
  regressionRows,
  seeds,
  separableRows,
  subsets,
} from './randomProblems.ts';

const inputsOf = ({ x, n, d }: Labelled) =>
  Array.from({ length: n }, (_, i) => Array.from(x.slice(i * d, (i + 1) * d)));
const misfit = (rows: Labelled, w: ArrayLike<number>) => norm(outputsOf(rows, w).map((f, i) => f - rows.y[i]));

describe('the least-L1 fit', () => {
  it('is the best of all interpolators on n coordinates', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, fc.integer({ min: 1, max: 3 }), fc.integer({ min: 3, max: 6 }), async (seed, n, d) => {
        const rows = regressionRows(seed, n, d);
        let least = Number.POSITIVE_INFINITY;
        for (const support of subsets(d, n)) {
          const a = new Matrix(inputsOf(rows).map((row) => support.map((j) => row[j])));
          const w = pseudoInverse(a)
            .mmul(Matrix.columnVector(Array.from(rows.y)))
            .to1DArray();
          const fits = norm(
            a
              .mmul(Matrix.columnVector(w))
              .to1DArray()
              .map((f, i) => f - rows.y[i]),
          );
          if (fits < 1e-8) least = Math.min(least, l1(w));
        }
        const w = (await leastL1Fit(rows.x, n, d, rows.y)) ?? [];
        expect(misfit(rows, w)).toBeLessThan(1e-10 * (1 + norm(w)));
        expect(l1(w) / least).toBeCloseTo(1, 9);
      }),
      { numRuns: 40 },
    );
  });

  it('finds a sparse truth exactly from few measurements', async () => {
    const { x } = regressionRows(21, 30, 60);
    const truth = Float64Array.from({ length: 60 }, (_, j) => (j % 20 === 3 ? 1 + j : 0));
    const rows: Labelled = { x, n: 30, d: 60, y: new Float64Array(30) };
    rows.y = Float64Array.from(outputsOf(rows, truth));
    expect(relativeDistance(required(await leastL1Fit(x, 30, 60, rows.y)), truth)).toBeLessThan(1e-12);
  });

  it('does not exist where nothing fits', async () => {
    expect(await leastL1Fit(Float64Array.of(1, 2, 1, 2), 2, 2, Float64Array.of(0, 1))).toBeNull();
  });
});

const l2Margin = ({ x, n, d, y }: Labelled) => maxL2Margin(x, n, d, y);
const l1Margin = ({ x, n, d, y }: Labelled) => maxL1Margin(x, n, d, y);

describe('the largest L1 margin', () => {
  it.each([
    [20, 40],
    [80, 20],
    [80, 100],
  ])('has no better one, by the duality with matrix games: %d examples in %d dimensions', async (n, d) => {
    const rows = separableRows(n + d, n, d);
    const w = (await l1Margin(rows)) ?? new Float64Array(d);
    const margins = marginsOf(rows, w);
    expect(Math.min(...margins)).toBeGreaterThan(1 - 1e-11);
    // Any λ ≥ 0 with |Σ λ_i y_i x_i| ≤ 1 entrywise bounds ‖w‖₁ by Σ λ from below: solved on the active margins for
    // the signs of the entries that are not 0.
    const active = margins.flatMap((m, i) => (m < 1 + 1e-9 ? [i] : []));
    const entries = Array.from(w.keys()).filter((j) => Math.abs(w[j]) > 1e-10);
    const system = new Matrix(entries.map((j) => active.map((i) => rows.y[i] * rows.x[i * d + j])));
    const lambda = pseudoInverse(system)
      .mmul(Matrix.columnVector(entries.map((j) => Math.sign(w[j]))))
      .to1DArray();
    expect(Math.min(...lambda)).toBeGreaterThan(-1e-10);
    for (let j = 0; j < d; j++) {
      const product = active.reduce((sum, i, k) => sum + lambda[k] * rows.y[i] * rows.x[i * d + j], 0);
      expect(Math.abs(product)).toBeLessThan(1 + 1e-10);
    }
    expect(lambda.reduce((sum, l) => sum + l, 0) / l1(w)).toBeCloseTo(1, 10);
  });

  it('is approached by gradient descent on u² − v²', async () => {
    const { inputs, labels } = sparseData(11, 20, 40);
    const run = trained({
      problem: dataset({ train: { inputs, labels }, loss: 'logistic' }),
      parameterization: elementwise({ u: 0.1, v: 0.1 }, ({ u, v }) => u * u - v * v),
      optimizer: gd({ rate: 0.02, normalized: true }),
      steps: 8000,
    });
    const rows: Labelled = { x: flat(inputs), n: 20, d: 40, y: Float64Array.from(labels) };
    const best = 1 / l1((await l1Margin(rows)) ?? []);
    const reached = Math.min(...marginsOf(rows, run.predictor ?? [])) / l1(run.predictor ?? []);
    expect(reached / best).toBeGreaterThan(0.8);
    expect(reached / best).toBeLessThanOrEqual(1);
    const other = l2Margin(rows)?.w ?? [];
    expect(reached).toBeGreaterThan(1 / l1(other));
  });
});
