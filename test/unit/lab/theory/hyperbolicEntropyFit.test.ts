import { describe, expect, it } from 'vitest';
import { dataset, elementwise, gradientFlow } from '../../../../extension/lab/index.ts';
import { relativeDistance } from '../../../../extension/lab/theory/compare.ts';
import { hyperbolicEntropyFit } from '../../../../extension/lab/theory/hyperbolicEntropyFit.ts';
import { leastL1Fit } from '../../../../extension/lab/theory/leastL1.ts';
import { minimumNormFit } from '../../../../extension/lab/theory/minimumNormFit.ts';
import { required } from '../../required.ts';
import { gaussianRows, norm, trained } from '../trained.ts';
import { type Labelled, l1, outputsOf, regressionRows } from './randomProblems.ts';

const inputsOf = ({ x, n, d }: Labelled) =>
  Array.from({ length: n }, (_, i) => Array.from(x.slice(i * d, (i + 1) * d)));
const problemOf = (rows: Labelled) =>
  dataset({ train: { inputs: inputsOf(rows), labels: Array.from(rows.y) }, loss: 'square' });
const misfit = (rows: Labelled, w: ArrayLike<number>) => norm(outputsOf(rows, w).map((f, i) => f - rows.y[i]));

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
    expect(relativeDistance(required(run.predictor), w)).toBeLessThan(1e-6);
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
    expect(relativeDistance(required(run.predictor), w)).toBeLessThan(1e-6);
  });

  it('lies between the least L1 norm of small starts and the least L2 norm of large ones', async () => {
    const rows = regressionRows(35, 20, 50);
    const at = (alpha: number) => required(hyperbolicEntropyFit(rows.x, 20, 50, rows.y, alpha));
    const sparse = required(await leastL1Fit(rows.x, 20, 50, rows.y));
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
