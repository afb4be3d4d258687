import { Matrix, QrDecomposition } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { readTextOnly } from '../../../../extension/lab/compiler/source/functionSource.ts';
import {
  factorization,
  gd,
  gradientFlow,
  matmul,
  matrix,
  matrixCompletion,
  parameterization,
} from '../../../../extension/lab/index.ts';
import type { AnyOptimizer } from '../../../../extension/lab/optimizers/index.ts';
import { buildPredictor } from '../../../../extension/lab/parameterizations/build.ts';
import type { Parameterization } from '../../../../extension/lab/parameterizations/parameterization.ts';
import type { AnyProblem } from '../../../../extension/lab/problems/index.ts';
import { drawProblem } from '../../../../extension/lab/problems/index.ts';
import { deepProductLoss } from '../../../../extension/lab/theory/deepProduct.ts';
import { gaussianRows, trained } from '../trained.ts';

const orthogonal = (seed: number, size: number) =>
  new QrDecomposition(new Matrix(gaussianRows(seed, size, size))).orthogonalMatrix;

/** Zero but for these entries on its diagonal. */
function diagonalMatrix(rows: number, columns: number, values: number[]): Matrix {
  const found = Matrix.zeros(rows, columns);
  values.forEach((value, k) => {
    found.set(k, k, value);
  });
  return found;
}

const [u, v] = [orthogonal(1, 4), orthogonal(2, 3)];
const along = (values: number[]) => u.mmul(diagonalMatrix(4, 3, values)).mmul(v.transpose());

/** All entries of a matrix, or all but some. */
function completion(target: Matrix, isSeen: (i: number, j: number) => boolean = () => true): AnyProblem {
  const rows = target.to2DArray();
  const observed = rows.flatMap((row, i) => row.map((_, j): [number, number] => [i, j]));
  return matrixCompletion({ matrix: rows, observed: observed.filter(([i, j]) => isSeen(i, j)) });
}

/** Balanced factors along the singular vectors u and v, of hidden width `rank`. */
function factors(depth: number, strengths: number[], rank = 3): number[][][] {
  const roots = strengths.map((strength) => strength ** (1 / depth));
  return Array.from({ length: depth }, (_, l) => {
    const middle = diagonalMatrix(l === depth - 1 ? 4 : rank, l === 0 ? 3 : rank, roots);
    const left = l === depth - 1 ? u.mmul(middle) : middle;
    return (l === 0 ? left.mmul(v.transpose()) : left).to2DArray();
  });
}

const curveOf = (problem: AnyProblem, written: Parameterization) =>
  deepProductLoss(drawProblem(problem, 1), buildPredictor(written, problem, readTextOnly), 1);

/** The largest relative difference between measured and predicted losses, of those above `floor`. */
function worst(
  problem: AnyProblem,
  written: Parameterization,
  optimizer: AnyOptimizer,
  steps = 0,
  floor = 1e-12,
): number {
  const { samples } = trained({ problem, parameterization: written, optimizer, steps });
  const predicted = curveOf(problem, written)?.(Float64Array.from(samples, ({ time }) => time));
  if (!predicted) throw new Error('there is a prediction');
  const kept = samples.flatMap(({ train }, i) => (train.loss > floor ? [Math.abs(predicted[i] / train.loss - 1)] : []));
  expect(kept.length).toBeGreaterThan(20);
  return Math.max(...kept);
}

describe('the loss along the modes of a deep product', () => {
  const problem = completion(along([2, 1, 0]));
  const flow = gradientFlow({ until: 60, rtol: 1e-10, atol: 1e-13 });
  const symmetric = orthogonal(3, 4);
  const eigen = (values: number[]) =>
    completion(symmetric.mmul(diagonalMatrix(4, 4, values)).mmul(symmetric.transpose()));
  const flatFactors = factors(2, [0.1, 0.2, 0.3]).map((factor) => factor.flat());
  const identity = (depth: number) => factorization({ depth, init: 'identity', scale: 0.5 });

  it.each<[string, AnyProblem, Parameterization]>([
    ['depth 2', problem, factorization({ depth: 2, init: factors(2, [0.01, 0.02, 0.3]) })],
    ['depth 3', problem, factorization({ depth: 3, init: factors(3, [0.1, 0.02, 0.3]) })],
    ['depth 4', problem, factorization({ depth: 4, init: factors(4, [0.1, 0.2, 0.3]) })],
    ['modes that start at 0', problem, factorization({ depth: 2, init: factors(2, [0, 0.02, 0]) })],
    ['a hidden width below the rank', problem, factorization({ depth: 3, rank: 1, init: factors(3, [0.1], 1) })],
    ['the identity and a matrix of rank 1', eigen([1.5, 0, 0, 0]), identity(2)],
    ['the identity and equal eigenvalues', eigen([1, 1, 0.5, 0.5]), identity(3)],
    ['the identity and a negative eigenvalue', eigen([1, 0.5, 0.2, -0.7]), identity(3)],
    [
      'a product in the user’s own words',
      problem,
      parameterization({ outer: matrix(4, 3), inner: matrix(3, 3) }, ({ outer, inner }) => matmul(outer, inner), {
        init: { outer: flatFactors[1], inner: flatFactors[0] },
      }),
    ],
  ])('is that of gradient flow: %s', (_name, target, written) => {
    expect(worst(target, written, flow)).toBeLessThan(1e-6);
  });

  it('is that of gradient descent but for O(rate)', () => {
    const written = factorization({ depth: 3, init: factors(3, [0.1, 0.2, 0.3]) });
    const [coarse, fine] = [0.1, 0.01].map((rate) => worst(problem, written, gd({ rate }), 30 / rate, 1e-3));
    expect(fine).toBeLessThan(0.01);
    expect(coarse / fine).toBeGreaterThan(5);
  });

  it.each<[string, AnyProblem, Parameterization]>([
    ['a Gaussian start', problem, factorization({ depth: 2 })],
    ['a start that is balanced and not aligned', problem, factorization({ depth: 2, init: 'balanced' })],
    ['the identity and another matrix', completion(new Matrix(gaussianRows(4, 4, 4))), identity(2)],
    [
      'a start that is aligned and not balanced',
      problem,
      factorization({
        depth: 2,
        init: factors(2, [0.1, 0.2, 0.3]).map((w, l) => w.map((row) => row.map((x) => x * (l + 1)))),
      }),
    ],
    [
      'entries that are not seen',
      completion(along([2, 1, 0]), (i, j) => i !== j),
      factorization({ depth: 2, init: factors(2, [0.1, 0.2, 0.3]) }),
    ],
    ['a single matrix', problem, factorization({ depth: 1, init: [along([0.1, 0.2, 0.3]).to2DArray()] })],
    [
      'what is no product',
      problem,
      parameterization({ a: matrix(4, 3), b: matrix(3, 3) }, ({ a, b }) => matmul(matmul(a, b), b)),
    ],
  ])('is not known for %s', (_name, target, written) => {
    expect(curveOf(target, written)).toBeNull();
  });
});
