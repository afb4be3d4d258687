import fc from 'fast-check';
import { Matrix, pseudoInverse } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { dataset, elementwise, gradientFlow, linear } from '../../../../extension/lab/index.ts';
import { relativeDistance } from '../../../../extension/lab/theory/compare.ts';
import { hyperbolicEntropyFit } from '../../../../extension/lab/theory/hyperbolicEntropyFit.ts';
import { leastL1Fit } from '../../../../extension/lab/theory/leastL1.ts';
import { minimumNormFit } from '../../../../extension/lab/theory/minimumNormFit.ts';
import { gaussianRows, norm, trained } from '../training.ts';
import { flat, type Labelled, l1, outputsOf, regressionRows, seeds, subsets } from './randomProblems.ts';

const inputsOf = ({ x, n, d }: Labelled) =>
  Array.from({ length: n }, (_, i) => Array.from(x.slice(i * d, (i + 1) * d)));
const problemOf = (rows: Labelled) =>
  dataset({ train: { inputs: inputsOf(rows), labels: Array.from(rows.y) }, loss: 'square' });
const misfit = (rows: Labelled, w: ArrayLike<number>) => norm(outputsOf(rows, w).map((f, i) => f - rows.y[i]));

describe('the minimum-norm fit', () => {
  it.each([
    [10, 25],
    [25, 10],
    [12, 12],
  ])('is X⁺y: %d examples in %d dimensions', (n, d) => {
    const rows = regressionRows(n, n, d);
    const w = minimumNormFit(rows.x, n, d, rows.y);
    const target = pseudoInverse(new Matrix(inputsOf(rows)))
      .mmul(Matrix.columnVector(Array.from(rows.y)))
      .to1DArray();
    expect(relativeDistance(w, target)).toBeLessThan(1e-11);
  });

  it('takes dependent inputs: the residual is orthogonal to the inputs, and w lies in their span', () => {
    const base = gaussianRows(1, 4, 9);
    const mix = gaussianRows(2, 7, 4);
    const inputs = mix.map((weights) => base[0].map((_, j) => weights.reduce((s, a, k) => s + a * base[k][j], 0)));
    const rows: Labelled = { x: flat(inputs), n: 7, d: 9, y: flat(gaussianRows(3, 1, 7)) };
    const w = minimumNormFit(rows.x, 7, 9, rows.y);
    const residual = outputsOf(rows, w).map((f, i) => f - rows.y[i]);
    for (let j = 0; j < 9; j++) {
      expect(Math.abs(residual.reduce((sum, r, i) => sum + r * inputs[i][j], 0))).toBeLessThan(1e-12);
    }
    const onto = pseudoInverse(new Matrix(base))
      .mmul(new Matrix(base))
      .mmul(Matrix.columnVector(Array.from(w)));
    expect(relativeDistance(onto.to1DArray(), w)).toBeLessThan(1e-12);
  });

  it('is where gradient flow on a linear model from 0 goes', () => {
    const rows = regressionRows(8, 6, 15);
    const run = trained({
      problem: problemOf(rows),
      parameterization: linear(),
      optimizer: gradientFlow({ until: 60 }),
    });
    expect(relativeDistance(run.predictor ?? [], minimumNormFit(rows.x, 6, 15, rows.y))).toBeLessThan(1e-6);
  });
});

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
    expect(relativeDistance((await leastL1Fit(x, 30, 60, rows.y)) ?? [], truth)).toBeLessThan(1e-12);
  });

  it('does not exist where nothing fits', async () => {
    expect(await leastL1Fit(Float64Array.of(1, 2, 1, 2), 2, 2, Float64Array.of(0, 1))).toBeNull();
  });
});

describe('the least hyperbolic entropy', () => {
  it.each([1, 0.3, 0.05])('is where gradient flow on u² − v² goes from u = v = %d', (alpha) => {
    const rows = regressionRows(31, 8, 20);
    const run = trained({
      problem: problemOf(rows),
      parameterization: elementwise({ u: alpha, v: alpha }, ({ u, v }) => u * u - v * v),
      optimizer: gradientFlow({ until: 200, rtol: 1e-10, atol: 1e-13 }),
    });
    const w = hyperbolicEntropyFit(rows.x, 8, 20, rows.y, alpha) ?? [];
    expect(run.train.loss).toBeLessThan(1e-12);
    expect(relativeDistance(run.predictor ?? [], w)).toBeLessThan(1e-6);
    expect(misfit(rows, w) / norm(rows.y)).toBeLessThan(1e-12);
  });

  it('takes a start of its own for each coordinate', () => {
    const rows = regressionRows(33, 6, 12);
    const alpha = gaussianRows(34, 1, 12)[0].map((value) => 0.05 + 0.3 * Math.abs(value));
    const run = trained({
      problem: problemOf(rows),
      parameterization: elementwise({ u: alpha, v: alpha }, ({ u, v }) => u * u - v * v),
      optimizer: gradientFlow({ until: 300, rtol: 1e-10, atol: 1e-13 }),
    });
    const w = hyperbolicEntropyFit(rows.x, 6, 12, rows.y, Float64Array.from(alpha)) ?? [];
    expect(relativeDistance(run.predictor ?? [], w)).toBeLessThan(1e-6);
  });

  it('lies between the least L1 norm of small starts and the least L2 norm of large ones', async () => {
    const rows = regressionRows(35, 20, 50);
    const at = (alpha: number) => hyperbolicEntropyFit(rows.x, 20, 50, rows.y, alpha) ?? [];
    const sparse = (await leastL1Fit(rows.x, 20, 50, rows.y)) ?? new Float64Array();
    expect(relativeDistance(at(1000), minimumNormFit(rows.x, 20, 50, rows.y))).toBeLessThan(1e-6);
    // The L1 norm comes down like 1 / log(1/α) (Woodworth et al. 2020, Theorem 2).
    const ratios = [1, 1e-2, 1e-4, 1e-8, 1e-30].map((alpha) => l1(at(alpha)) / l1(sparse));
    ratios.forEach((ratio, k) => {
      expect(ratio).toBeGreaterThan(1 - 1e-12);
      if (k > 0) expect(ratio).toBeLessThan(ratios[k - 1]);
    });
    expect(ratios[4]).toBeLessThan(1.005);
  });

  it('does not exist where nothing fits', () => {
    expect(hyperbolicEntropyFit(Float64Array.of(1, 2, 1, 2), 2, 2, Float64Array.of(0, 1), 0.1)).toBeNull();
  });
});
