import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { readTextOnly } from '../../../../../extension/lab/compiler/source/functionSource.ts';
import {
  dataset,
  elementwise,
  factorization,
  gradientFlow,
  linear,
  matrixCompletion,
} from '../../../../../extension/lab/index.ts';
import { buildPredictor } from '../../../../../extension/lab/parameterizations/build.ts';
import type { AnyProblem } from '../../../../../extension/lab/problems/index.ts';
import { drawProblem } from '../../../../../extension/lab/problems/index.ts';
import { FlowSolver } from '../../../../../extension/lab/training/flow/flowSolver.ts';
import { gradientSystem } from '../../../../../extension/lab/training/flow/gradientSystem.ts';
import { buildModel } from '../../../../../extension/lab/training/model.ts';
import { required } from '../../../required.ts';
import { angle, gaussianRows, norm, sparseData, trained } from '../../trained.ts';

const narrow = sparseData(11, 20, 40);

/** argmin ‖w‖ subject to y x·w ≥ 1, by coordinate ascent on the dual. */
function maxMargin({ inputs, labels }: { inputs: number[][]; labels: number[] }): number[] {
  const signed = inputs.map((x, i) => x.map((value) => labels[i] * value));
  const w = inputs[0].map(() => 0);
  const alpha = labels.map(() => 0);
  for (let sweep = 0; sweep < 20000; sweep++) {
    signed.forEach((x, i) => {
      const m = x.reduce((sum, value, j) => sum + value * w[j], 0);
      const next = Math.max(0, alpha[i] + (1 - m) / x.reduce((sum, value) => sum + value * value, 0));
      x.forEach((value, j) => {
        w[j] += (next - alpha[i]) * value;
      });
      alpha[i] = next;
    });
  }
  return w;
}

describe('gradient flow in a logarithmic tail', () => {
  const problem = dataset({ train: narrow, loss: 'logistic' });

  it('on a linear model tends to the max L2 margin like 1 / log t, and L t to its inverse square', () => {
    const w = maxMargin(narrow);
    const run = trained({ problem, parameterization: linear(), optimizer: gradientFlow({ until: 1e8 }) });
    expect(run.time).toBe(1e8);
    const late = run.samples.filter(({ time }) => time > 1e3);
    expect(late.length).toBeGreaterThan(40);
    // w = ŵ log t + a bounded rest: once settled it grows along ŵ alone, and the angle falls like 1 / log t.
    const [first, last] = [late.find(({ time }) => time > 1e5), late[late.length - 1]];
    const grown = Array.from(last.predictor ?? [], (x, j) => x - (first?.predictor?.[j] ?? 0));
    const expected = w.map((x) => x * Math.log(last.time / (first?.time ?? 0)));
    expect(norm(grown.map((x, j) => x - expected[j])) / norm(expected)).toBeLessThan(0.02);
    const products = late.map(({ time, predictor }) => angle(predictor ?? [], w) * Math.log(time));
    expect(Math.max(...products) / Math.min(...products)).toBeLessThan(1.25);
    expect(angle(required(run.predictor), w)).toBeLessThan(0.12);
    // dL/dt = −‖∇L‖² → −γ² L², γ = 1 / ‖ŵ‖ the margin.
    const settled = (run.train.loss * 1e8) / norm(w) ** 2;
    expect(Math.abs(settled - 1)).toBeLessThan(1e-3);
    expect(run.steps).toBeLessThan(1000);
  });

  it('on u² − v² raises the L1 margin, with L t log t settled', () => {
    const square = elementwise({ u: 0.1, v: 0.1 }, ({ u, v }) => u * u - v * v);
    const run = trained({ problem, parameterization: square, optimizer: gradientFlow({ until: 1e8 }) });
    const late = run.samples.filter(({ time }) => time > 1e3);
    const margins = late.map(({ predictor }) => {
      const w = predictor ?? new Float64Array(40);
      const least = Math.min(
        ...narrow.inputs.map((x, i) => narrow.labels[i] * x.reduce((sum, value, j) => sum + value * w[j], 0)),
      );
      return least / w.reduce((sum, value) => sum + Math.abs(value), 0);
    });
    for (let k = 1; k < margins.length; k++) expect(margins[k]).toBeGreaterThan(margins[k - 1]);
    const products = late.filter(({ time }) => time > 1e5).map(({ time, train }) => train.loss * time * Math.log(time));
    expect(Math.max(...products) / Math.min(...products)).toBeLessThan(1.02);
    expect(run.steps).toBeLessThan(1000);
  });

  it('follows orthogonal examples of any length: m + e^m = 1 + |x|² t / n', () => {
    const lengths = [0.1, 1, 10, 100];
    const inputs = lengths.map((length, i) => lengths.map((_, j) => (i === j ? length : 0)));
    const run = trained({
      problem: dataset({ train: { inputs, labels: [1, -1, 1, 1] }, loss: 'logistic' }),
      parameterization: linear(),
      optimizer: gradientFlow({ until: 1e8 }),
    });
    [1, -1, 1, 1].forEach((y, i) => {
      const right = 1 + (lengths[i] ** 2 * 1e8) / 4;
      let m = Math.log(right);
      for (let round = 0; round < 50; round++) m -= (m + Math.exp(m) - right) / (1 + Math.exp(m));
      expect(Math.abs(y * run.outputs[i] - m)).toBeLessThan(1e-6);
    });
  });
});

describe('a stiff gradient flow', () => {
  const system = (problem: AnyProblem) =>
    gradientSystem(buildModel(buildPredictor(linear(), problem, readTextOnly), drawProblem(problem, 1)));

  it('goes where the explicit method goes, in far fewer steps', () => {
    // Columns of scales 1 to 100.
    const inputs = gaussianRows(5, 60, 20).map((row) => row.map((value, j) => value * 100 ** (j / 19)));
    const labels = inputs.map((x) => Math.sign(x[0] - x[1] + x[2]));
    const problem = dataset({ train: { inputs, labels }, loss: 'logistic' });
    const flow = system(problem);
    const tolerances = { rtol: 1e-9, atol: 1e-12 };
    const solvers = [flow, { field: flow.field }].map(
      (parts) => new FlowSolver(parts, tolerances, new Float64Array(20)),
    );
    for (const solver of solvers) while (solver.t < 1e3) expect(solver.step(1e3)).toBe(true);
    const [implicit, explicit] = solvers;
    expect(implicit.steps).toBeLessThan(0.4 * explicit.steps);
    expect(norm(implicit.y.map((value, j) => value - explicit.y[j])) / norm(explicit.y)).toBeLessThan(1e-8);
  });

  it('rests at a minimum for long: linear regression to t = 1e8, the exponential on the way', () => {
    const inputs = gaussianRows(21, 15, 8);
    const labels = gaussianRows(22, 1, 15)[0];
    const run = trained({
      problem: dataset({ train: { inputs, labels }, loss: 'square' }),
      parameterization: linear(),
      optimizer: gradientFlow({ until: 1e8 }),
    });
    const svd = new SingularValueDecomposition(new Matrix(inputs));
    const projected = svd.leftSingularVectors.transpose().mmul(Matrix.columnVector(labels)).to1DArray();
    for (const { time, predictor } of run.samples) {
      const modes = svd.diagonal.map((s, k) => (-Math.expm1((-s * s * time) / 15) * projected[k]) / s);
      const exact = svd.rightSingularVectors.mmul(Matrix.columnVector(modes)).to1DArray();
      for (const [i, w] of exact.entries()) expect(Math.abs(required(predictor)[i] - w)).toBeLessThan(1e-7);
    }
    expect(run.samples).toHaveLength(200);
    expect(run.steps).toBeLessThan(2000);
  });

  it('rests at a completion of low rank, of which there are many', () => {
    const run = trained({
      problem: matrixCompletion({ rows: 6, columns: 6, rank: 1, observed: 20, seed: 3 }),
      parameterization: factorization({ depth: 2, scale: 0.1 }),
      optimizer: gradientFlow({ until: 1e8 }),
    });
    expect(run.time).toBe(1e8);
    expect(run.train.loss).toBeLessThan(1e-18);
    expect(run.steps).toBeLessThan(5000);
    const short = trained({
      problem: matrixCompletion({ rows: 6, columns: 6, rank: 1, observed: 20, seed: 3 }),
      parameterization: factorization({ depth: 2, scale: 0.1 }),
      optimizer: gradientFlow({ until: 2000 }),
    });
    const [a, b] = [run.predictor ?? new Float64Array(), short.predictor ?? new Float64Array()];
    expect(norm(a.map((x, i) => x - b[i]))).toBeLessThan(1e-4 * norm(b));
  });
});
