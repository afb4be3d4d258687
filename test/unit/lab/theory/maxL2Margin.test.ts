import fc from 'fast-check';
import { Matrix, pseudoInverse } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { dataset, gd, linear } from '../../../../extension/lab/index.ts';
import { angle } from '../../../../extension/lab/theory/compare.ts';
import { maxL1Margin } from '../../../../extension/lab/theory/leastL1.ts';
import { maxL2Margin } from '../../../../extension/lab/theory/maxL2Margin.ts';
import { required } from '../../required.ts';
import { gaussianRows, norm, sparseData, trained } from '../trained.ts';
import { flat, type Labelled, marginsOf, seeds, separableRows, subsets } from './randomProblems.ts';

const l2Margin = ({ x, n, d, y }: Labelled) => maxL2Margin(x, n, d, y);
const l1Margin = ({ x, n, d, y }: Labelled) => maxL1Margin(x, n, d, y);

/** Whether labels are separable is decided by the L1 program and by the L2 method independently. */
const coinRows = (seed: number, n: number, d: number): Labelled => ({
  x: flat(gaussianRows(seed, n, d)),
  n,
  d,
  y: Float64Array.from(gaussianRows(seed + 1, 1, n)[0], (value) => (value > 0 ? 1 : -1)),
});

describe('the largest L2 margin', () => {
  it.each([
    [20, 40],
    [80, 20],
    [80, 100],
    [300, 200],
  ])('meets the conditions that prove it, with %d examples in %d dimensions', (n, d) => {
    const rows = separableRows(n + d, n, d);
    const found = l2Margin(rows);
    if (!found) throw new Error('the data are separable');
    const { w, support, multipliers } = found;
    const margins = marginsOf(rows, w);
    expect(Math.min(...margins)).toBeGreaterThan(1 - 1e-11);
    expect(Math.min(...multipliers)).toBeGreaterThanOrEqual(0);
    for (const i of support) expect(Math.abs(margins[i] - 1)).toBeLessThan(1e-11);
    const combined = w.map((_, j) => multipliers.reduce((sum, l, i) => sum + l * rows.y[i] * rows.x[i * d + j], 0));
    expect(norm(combined.map((value, j) => value - w[j])) / norm(w)).toBeLessThan(1e-11);
    // Strong duality: ‖w‖² = Σ λ.
    expect(multipliers.reduce((sum, l) => sum + l, 0) / norm(w) ** 2).toBeCloseTo(1, 11);
  });

  it('is the best over all sets of support vectors', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 3, max: 6 }), fc.integer({ min: 3, max: 4 }), (seed, n, d) => {
        const rows = separableRows(seed, n, d);
        let least = Number.POSITIVE_INFINITY;
        for (let size = 1; size <= Math.min(n, d); size++) {
          for (const support of subsets(n, size)) {
            const a = new Matrix(support.map((i) => Array.from(rows.x.slice(i * d, i * d + d), (v) => v * rows.y[i])));
            const w = pseudoInverse(a).mmul(Matrix.ones(size, 1)).to1DArray();
            if (Math.min(...marginsOf(rows, w)) > 1 - 1e-9) least = Math.min(least, norm(w));
          }
        }
        expect(norm(required(l2Margin(rows)?.w))).toBeCloseTo(least, 8);
      }),
      { numRuns: 100 },
    );
  });

  it('does not exist for labels that no linear rule separates', async () => {
    const opposed: Labelled = { x: Float64Array.of(1, 0, 1, 0), n: 2, d: 2, y: Float64Array.of(1, -1) };
    expect(l2Margin(opposed)).toBeNull();
    expect(await l1Margin(opposed)).toBeNull();
    let separable = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const rows = coinRows(seed, 10, 5);
      const found = l2Margin(rows);
      expect(found === null).toBe((await l1Margin(rows)) === null);
      if (found) separable++;
    }
    // Half of all labellings of 2d points are (Cover 1965).
    expect(separable).toBeGreaterThan(8);
    expect(separable).toBeLessThan(32);
  });

  it('takes repeated examples and needless ones', () => {
    const rows = separableRows(3, 10, 6);
    const x = new Float64Array(120);
    const y = new Float64Array(20);
    x.set(rows.x);
    x.set(rows.x, 60);
    y.set(rows.y);
    y.set(rows.y, 10);
    const twice = l2Margin({ x, n: 20, d: 6, y });
    expect(angle(required(twice?.w), required(l2Margin(rows)?.w))).toBeLessThan(1e-12);
  });

  it('is where gradient descent on a linear model goes', () => {
    const { inputs, labels } = sparseData(5, 15, 4);
    const run = trained({
      problem: dataset({ train: { inputs, labels }, loss: 'logistic' }),
      parameterization: linear(),
      optimizer: gd({ rate: 0.5, normalized: true }),
      steps: 100_000,
    });
    const w = l2Margin({ x: flat(inputs), n: 15, d: 4, y: Float64Array.from(labels) })?.w ?? [];
    const angles = run.samples.filter(({ step }) => step > 100).map(({ predictor }) => angle(predictor ?? [], w));
    expect(angles.at(-1)).toBeLessThan(0.02);
    expect(angles.at(-1)).toBeLessThan(0.2 * angles[0]);
  });
});
