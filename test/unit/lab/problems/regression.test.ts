import { Matrix, pseudoInverse } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { gd, linear, ngd, regression } from '../../../../extension/lab/index.ts';
import type { AnyOptimizer } from '../../../../extension/lab/optimizers/index.ts';
import type { AnyProblem } from '../../../../extension/lab/problems/index.ts';
import { drawProblem } from '../../../../extension/lab/problems/index.ts';
import { required } from '../../required.ts';
import { norm, trained } from '../trained.ts';

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
    expect(norm(required(testTargets)) / Math.sqrt(1000)).toBeCloseTo(1, 1); // a unit truth
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
      expect(norm(exact.map((w, j) => w - required(predictor?.[j])))).toBeLessThan(1e-9);
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
