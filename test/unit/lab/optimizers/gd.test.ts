import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { dataset, factorization, gd, linear, matrixCompletion } from '../../../../extension/lab/index.ts';
import { required } from '../../required.ts';
import { classify, gaussianRows, narrow, norm, trained } from '../trained.ts';

describe('gradient descent', () => {
  it('on linear regression is the closed form in the eigenvectors of XᵀX/n', () => {
    const inputs = gaussianRows(21, 15, 8);
    const labels = gaussianRows(22, 1, 15)[0];
    const problem = dataset({ train: { inputs, labels }, loss: 'square' });
    const run = trained({ problem, parameterization: linear(), optimizer: gd({ rate: 0.1 }), steps: 137 });
    const x = new Matrix(inputs);
    const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(x.transpose().mmul(x).div(15));
    const projected = eigenvectorMatrix.transpose().mmul(x.transpose()).mmul(Matrix.columnVector(labels)).div(15);
    const modes = realEigenvalues.map((value, k) => ((1 - (1 - 0.1 * value) ** 137) / value) * projected.get(k, 0));
    const exact = eigenvectorMatrix.mmul(Matrix.columnVector(modes)).to1DArray();
    required(run.predictor).forEach((w, i) => {
      expect(Math.abs(w - exact[i])).toBeLessThan(1e-12);
    });
  });

  it('on a separable problem does what a plain loop does', () => {
    const w = new Float64Array(40);
    for (let step = 0; step < 300; step++) {
      const gradient = new Float64Array(40);
      narrow.inputs.forEach((x, i) => {
        const m = narrow.labels[i] * x.reduce((sum, value, j) => sum + value * w[j], 0);
        x.forEach((value, j) => {
          gradient[j] -= (narrow.labels[i] * value) / (1 + Math.exp(m)) / 20;
        });
      });
      gradient.forEach((g, j) => {
        w[j] -= 0.2 * g;
      });
    }
    const run = trained({
      problem: classify(narrow),
      parameterization: linear(),
      optimizer: gd({ rate: 0.2 }),
      steps: 300,
    });
    required(run.predictor).forEach((value, j) => {
      expect(Math.abs(value - w[j])).toBeLessThan(1e-12);
    });
  });

  it('normalized takes steps of −rate · ∇L / L, no longer than 0.1 · max(1, ‖θ‖), far beyond the range of the loss', () => {
    const run = trained({
      problem: classify(narrow),
      parameterization: linear(),
      optimizer: gd({ rate: 2, normalized: true }),
      steps: 1500,
    });
    const lengths = run.samples.slice(1).map((sample, i) => {
      const before = required(run.samples[i].predictor);
      const after = required(sample.predictor);
      const taken = norm(Array.from(after, (x, j) => x - before[j]));
      return { allowed: (sample.step - run.samples[i].step) * 0.1 * Math.max(1, norm(after)), taken };
    });
    for (const { allowed, taken } of lengths) expect(taken).toBeLessThan(allowed * (1 + 1e-9));
    expect(run.margins?.min).toBeGreaterThan(800); // e^−800 is no float64
    expect(run.diverged).toBeUndefined();
  });

  it('grows each mode of a balanced two-layer product by da/dt = 2a(s − a) / mn', () => {
    const diagonalMatrix = (values: number[]) => values.map((value, i) => values.map((_, j) => (i === j ? value : 0)));
    const targets = [2, 1, 0.5];
    const observed = targets.flatMap((_, i) => targets.map((__, j): [number, number] => [i, j]));
    const problem = matrixCompletion({ matrix: diagonalMatrix(targets), observed });
    const factor = diagonalMatrix([0.1, 0.1, 0.1]);
    const parameterization = factorization({ depth: 2, init: [factor, factor] });
    const run = trained({ problem, parameterization, optimizer: gd({ rate: 0.01 }), steps: 1500 });
    targets.forEach((s, i) => {
      const growth = Math.exp((2 * s * 15) / 9);
      const exact = (s * growth) / (growth - 1 + s / 0.01);
      expect(Math.abs(required(run.predictor?.[i * 3 + i]) / exact - 1)).toBeLessThan(0.01);
    });
    expect(run.test).toBeNull();
  });

  it('says at which step it diverged', () => {
    const run = trained({
      problem: matrixCompletion({ rows: 6, columns: 6, rank: 1, observed: 20 }),
      parameterization: factorization({ depth: 3, scale: 1 }),
      optimizer: gd({ rate: 50 }),
      steps: 1000,
    });
    expect(run.diverged).toBeGreaterThan(0);
    expect(run.diverged).toBeLessThan(1000);
    expect(run.steps).toBe(run.diverged);
  });
});
