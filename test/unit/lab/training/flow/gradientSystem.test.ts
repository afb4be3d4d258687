import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { dataset, factorization, gradientFlow, linear, matrixCompletion } from '../../../../../extension/lab/index.ts';
import { required } from '../../../required.ts';
import { classify, gaussianRows, narrow, trained } from '../../trained.ts';

const tight = { rtol: 1e-10, atol: 1e-13 };

describe('gradient flow', () => {
  it('grows each mode of a balanced product of depth D by da/dt = D a^(2−2/D) (s − a) / mn', () => {
    const diagonalMatrix = (values: number[]) => values.map((value, i) => values.map((_, j) => (i === j ? value : 0)));
    const targets = [2, 1, 0.5];
    const observed = targets.flatMap((_, i) => targets.map((__, j): [number, number] => [i, j]));
    const problem = matrixCompletion({ matrix: diagonalMatrix(targets), observed });
    const factor = diagonalMatrix([0.1, 0.1, 0.1]);
    const run = trained({
      problem,
      parameterization: factorization({ depth: 2, init: [factor, factor] }),
      optimizer: gradientFlow({ until: 15, ...tight }),
    });
    targets.forEach((s, i) => {
      const growth = Math.exp((2 * s * 15) / 9);
      const exact = (s * growth) / (growth - 1 + s / 0.01);
      expect(Math.abs(required(run.predictor?.[i * 3 + i]) - exact)).toBeLessThan(1e-8);
    });
  });

  it('on linear regression is the exponential in the eigenvectors of XᵀX/n', () => {
    const inputs = gaussianRows(21, 15, 8);
    const labels = gaussianRows(22, 1, 15)[0];
    const run = trained({
      problem: dataset({ train: { inputs, labels }, loss: 'square' }),
      parameterization: linear(),
      optimizer: gradientFlow({ until: 5, ...tight }),
    });
    const x = new Matrix(inputs);
    const svd = new SingularValueDecomposition(x);
    const projected = svd.leftSingularVectors.transpose().mmul(Matrix.columnVector(labels)).to1DArray();
    const modes = svd.diagonal.map((s, k) => ((1 - Math.exp((-s * s * 5) / 15)) * projected[k]) / s);
    const exact = svd.rightSingularVectors.mmul(Matrix.columnVector(modes)).to1DArray();
    exact.forEach((w, i) => {
      expect(Math.abs(required(run.predictor?.[i]) - w)).toBeLessThan(1e-8);
    });
  });

  it('reaches t = 1e6 on a separable problem', () => {
    const run = trained({
      problem: classify(narrow),
      parameterization: linear(),
      optimizer: gradientFlow({ until: 1e6, rtol: 1e-6, atol: 1e-9 }),
    });
    expect(run.time).toBe(1e6);
    expect(run.train.loss).toBeLessThan(1e-5);
  });
});
