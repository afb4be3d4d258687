import { Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { factorization, gd, linear, matrixSensing, ngd } from '../../../../extension/lab/index.ts';
import type { AnyProblem } from '../../../../extension/lab/problems/index.ts';
import { drawProblem } from '../../../../extension/lab/problems/index.ts';
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
