import { Matrix, pseudoInverse } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { dataset, gradientFlow, linear } from '../../../../extension/lab/index.ts';
import { relativeDistance } from '../../../../extension/lab/theory/compare.ts';
import { minimumNormFit } from '../../../../extension/lab/theory/minimumNormFit.ts';
import { required } from '../../required.ts';
import { gaussianRows, trained } from '../trained.ts';
import { flat, type Labelled, outputsOf, regressionRows } from './randomProblems.ts';

const inputsOf = ({ x, n, d }: Labelled) =>
  Array.from({ length: n }, (_, i) => Array.from(x.slice(i * d, (i + 1) * d)));
const problemOf = (rows: Labelled) =>
  dataset({ train: { inputs: inputsOf(rows), labels: Array.from(rows.y) }, loss: 'square' });

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
    expect(relativeDistance(required(run.predictor), minimumNormFit(rows.x, 6, 15, rows.y))).toBeLessThan(1e-6);
  });
});
