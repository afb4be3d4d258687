import { Matrix, pseudoInverse } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import {
  factorization,
  gd,
  linear,
  matrixSensing,
  network,
  ngd,
  regression,
  separable,
  teacher,
} from '../../../extension/lab/index.ts';
import type { AnyOptimizer } from '../../../extension/lab/optimizers/index.ts';
import type { AnyProblem } from '../../../extension/lab/problems/index.ts';
import { drawProblem } from '../../../extension/lab/problems/index.ts';
import { populationInputs } from '../../../extension/lab/training/natural/population.ts';
import { norm, trained } from './training.ts';

function rowsOf(problem: AnyProblem, seed = 1): { x: Matrix; y: number[]; truth: number[] } {
  const { train, trainTargets, truth } = drawProblem(problem, seed);
  if (train.kind !== 'rows') throw new Error('rows were expected');
  return {
    x: Matrix.from1DArray(train.count, train.dimension, train.values),
    y: [...trainTargets],
    truth: [...(truth ?? [])],
  };
}

describe('regression', () => {
  it('has targets w*·x, with noise of the given deviation on the training targets alone', () => {
    const { x, y, truth } = rowsOf(regression({ dimension: 5, train: 20_000, sparsity: 2, noise: 0.3 }));
    expect(truth.map(Math.abs)).toEqual([1, 1, 0, 0, 0]);
    const noise = x
      .mmul(Matrix.columnVector(truth))
      .to1DArray()
      .map((f, i) => y[i] - f);
    expect(norm(noise) / Math.sqrt(20_000)).toBeCloseTo(0.3, 2);
    const { test, testTargets } = drawProblem(regression({ dimension: 5, train: 1, noise: 0.3 }), 1);
    expect(test?.count).toBe(1000);
    expect(norm(testTargets ?? []) / Math.sqrt(1000)).toBeCloseTo(1, 1); // a unit truth
  });

  it('is fitted from 0 by the minimum-norm solution X⁺y, by gradient descent as by natural gradient descent', () => {
    const problem = regression({ dimension: 30, train: 10, noise: 0.5 });
    const { x, y } = rowsOf(problem);
    const exact = pseudoInverse(x).mmul(Matrix.columnVector(y)).to1DArray();
    for (const [optimizer, steps] of [
      [gd({ rate: 0.1 }), 4000],
      [ngd({ rate: 0.5 }), 60],
    ] as const) {
      const { predictor, train } = trained({ problem, parameterization: linear(), optimizer, steps });
      expect(norm(exact.map((w, j) => w - (predictor?.[j] ?? 0)))).toBeLessThan(1e-9);
      expect(train.error).toBeLessThan(1e-9);
    }
  });

  it('has the population Fisher I: one step with it moves by −rate · ∇L', () => {
    const problem = regression({ dimension: 6, train: 4 });
    const run = (optimizer: AnyOptimizer) =>
      trained({ problem, parameterization: linear(), optimizer, steps: 7 }).predictor ?? new Float64Array();
    const [plain, natural] = [run(gd({ rate: 0.1 })), run(ngd({ rate: 0.1, fisher: 'population' }))];
    expect(norm(plain.map((w, j) => w - natural[j]))).toBeLessThan(1e-14);
  });
});

describe('matrix sensing', () => {
  const problem = matrixSensing({ rows: 5, columns: 4, rank: 1, train: 15, seed: 3 });

  it('measures a matrix of the given rank and of entries of RMS 1', () => {
    const { x, y, truth } = rowsOf(problem);
    expect(norm(truth) / Math.sqrt(20)).toBeCloseTo(1, 12);
    const [a, b] = [truth.slice(0, 4), truth.slice(4, 8)];
    expect(norm(a.map((value, j) => value * b[0] - b[j] * a[0]))).toBeLessThan(1e-12);
    const measured = x.mmul(Matrix.columnVector(truth)).to1DArray();
    expect(norm(measured.map((f, i) => f - y[i]))).toBeLessThan(1e-12);
  });

  it('is solved by the truth alone with a small factorization, and not by the linear model', () => {
    const error = (parameterization: ReturnType<typeof linear>) =>
      trained({ problem, parameterization, optimizer: gd({ rate: 0.02 }), steps: 6000 }).test?.error ?? Number.NaN;
    expect(error(factorization({ depth: 2, scale: 0.001 }))).toBeLessThan(0.1);
    expect(error(linear())).toBeGreaterThan(0.5);
  });

  it.each(['train', 'population'] as const)('has one natural gradient in all spaces: Fisher %s', (fisher) => {
    const run = (solver: 'auto' | 'parameters') =>
      trained({
        problem,
        parameterization: factorization({ depth: 3, rank: 3, scale: 0.5 }),
        optimizer: ngd({ rate: 0.1, fisher, solver, damping: 1e-3 }),
        steps: 10,
      }).predictor ?? new Float64Array();
    const [chosen, direct] = [run('auto'), run('parameters')];
    expect(norm(chosen.map((w, i) => w - direct[i])) / norm(direct)).toBeLessThan(1e-8);
  });
});

describe('a teacher', () => {
  it('is the same for the same seed, and another for another', () => {
    const problem = teacher({ dimension: 5, train: 10, widths: [3] });
    expect(drawProblem(problem, 1)).toEqual(drawProblem(problem, 1));
    expect(drawProblem(problem, 1).trainTargets).not.toEqual(drawProblem(problem, 2).trainTargets);
    const fixed = teacher({ dimension: 5, train: 10, widths: [3], seed: 7 });
    expect(drawProblem(fixed, 1)).toEqual(drawProblem(fixed, 2));
  });

  it('without hidden layer is linear: a linear model recovers it', () => {
    const problem = teacher({ dimension: 5, train: 50, widths: [] });
    const run = trained({ problem, parameterization: linear(), optimizer: ngd({ rate: 1 }), steps: 2 });
    expect(run.test?.error).toBeLessThan(1e-12);
  });

  it('can be learnt by a network of its own kind, and not by a linear model', () => {
    const problem = teacher({ dimension: 3, train: 200, widths: [2], activation: 'square', seed: 2 });
    const error = (parameterization: ReturnType<typeof linear>) =>
      trained({ problem, parameterization, optimizer: ngd({ rate: 0.2, damping: 1e-6 }), steps: 200 }).test?.error ?? 1;
    expect(error(network({ widths: [2], activation: 'square' }))).toBeLessThan(1e-6);
    expect(error(linear())).toBeGreaterThan(0.3);
  });

  it('gives classes under the logistic loss, flipped with the probability that the noise says', () => {
    const labels = (noise: number) =>
      drawProblem(teacher({ dimension: 4, train: 5000, widths: [3], loss: 'logistic', noise }), 1);
    const [clean, noise] = [labels(0), labels(0.2)];
    expect(new Set(clean.trainTargets)).toEqual(new Set([1, -1]));
    const flips = clean.trainTargets.filter((y, i) => y !== noise.trainTargets[i]).length;
    expect(flips / 5000).toBeCloseTo(0.2, 1);
    expect(noise.testTargets).toEqual(clean.testTargets);
  });
});

describe('the population of a separable problem', () => {
  it('keeps the margin that its examples keep', () => {
    const problem = separable({ dimension: 5, train: 4, margin: 1 });
    const data = drawProblem(problem, 1);
    const { values, count } = populationInputs(problem, data, 200, 1);
    const truth = data.truth ?? new Float64Array();
    for (let i = 0; i < count; i++) {
      const score = truth.reduce((sum, w, j) => sum + w * values[i * 5 + j], 0);
      expect(Math.abs(score)).toBeGreaterThanOrEqual(1 - 1e-12);
    }
  });
});
