import { inverse, Matrix } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { dataset, deepLinear, kfac, linear, network, ngd, teacher } from '../../../../../extension/lab/index.ts';
import type { AnyOptimizer } from '../../../../../extension/lab/optimizers/index.ts';
import { gaussianRows, norm, trained } from '../../trained.ts';

const inputs = gaussianRows(81, 9, 3);
const labels = gaussianRows(82, 1, 9)[0].map(Math.sign);

describe('K-FAC', () => {
  it('takes the step that its Kronecker products say, written out densely', () => {
    const problem = dataset({ train: { inputs, labels }, loss: 'logistic' });
    const [w1, w2] = [new Matrix(gaussianRows(83, 2, 3)), new Matrix(gaussianRows(84, 1, 2))];
    const init = [w1.to2DArray(), w2.to2DArray()];
    const [rate, damping] = [0.7, 0.01];
    const parameterization = network({ widths: [2], init, bias: true });
    const run = trained({ problem, parameterization, optimizer: kfac({ rate, damping }), steps: 1 });

    // One layer [W b]: inputs a with a 1 at their end, slopes ∂f/∂z, by plain loops over the examples.
    const hidden = inputs.map((x) => w1.mmul(Matrix.columnVector(x)).to1DArray().map(Math.tanh));
    const outputs = hidden.map((a) => w2.mmul(Matrix.columnVector(a)).get(0, 0));
    const layers = [
      { a: inputs.map((x) => [...x, 1]), delta: hidden.map((h) => h.map((t, o) => w2.get(0, o) * (1 - t * t))), w: w1 },
      { a: hidden.map((h) => [...h, 1]), delta: hidden.map(() => [1]), w: w2 },
    ];
    const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
    const moved = layers.map(({ a, delta, w }) => {
      const [k, h] = [a[0].length, delta[0].length];
      let [squares, slopes, gradient] = [Matrix.zeros(k, k), Matrix.zeros(h, h), Matrix.zeros(h, k)];
      outputs.forEach((f, i) => {
        const [x, d] = [Matrix.columnVector(a[i]), Matrix.columnVector(delta[i])];
        squares = squares.add(x.mmul(x.transpose()).div(9));
        slopes = slopes.add(d.mmul(d.transpose()).mul((sigmoid(f) * sigmoid(-f)) / 9));
        gradient = gradient.add(d.mmul(x.transpose()).mul((-labels[i] * sigmoid(-labels[i] * f)) / 9));
      });
      const balance = Math.sqrt(squares.trace() / k / (slopes.trace() / h));
      const left = slopes.add(Matrix.eye(h).mul(Math.sqrt(damping) / balance));
      const right = squares.add(Matrix.eye(k).mul(balance * Math.sqrt(damping)));
      // (left ⊗ right)⁻¹ vec(∇), row-major.
      const step = inverse(left.kroneckerProduct(right)).mmul(Matrix.columnVector(gradient.to1DArray()));
      return Matrix.zeros(h, k).apply(function (this: Matrix, o, i) {
        this.set(o, i, (i < k - 1 ? w.get(o, i) : 0) - rate * step.get(o * k + i, 0));
      }) as Matrix;
    });
    inputs.forEach((x, i) => {
      const a = moved[0]
        .mmul(Matrix.columnVector([...x, 1]))
        .to1DArray()
        .map(Math.tanh);
      const f = moved[1].mmul(Matrix.columnVector([...a, 1])).get(0, 0);
      expect(Math.abs(run.outputs[i] - f)).toBeLessThan(1e-11);
    });
  });

  it('of one layer under the square loss is natural gradient descent, up to its damping', () => {
    const problem = dataset({ train: { inputs, labels }, loss: 'square' });
    const run = (optimizer: AnyOptimizer) =>
      trained({ problem, parameterization: linear(), optimizer, steps: 5 }).predictor ?? new Float64Array();
    const [factored, exact] = [run(kfac({ rate: 0.3, damping: 1e-14 })), run(ngd({ rate: 0.3 }))];
    expect(norm(factored.map((w, j) => w - exact[j]))).toBeLessThan(1e-6);
  });

  it('trains deep linear networks and networks much faster than their gradient would', () => {
    const problem = teacher({ dimension: 6, train: 100, widths: [4], seed: 5 });
    for (const parameterization of [network({ widths: [20, 10] }), deepLinear({ depth: 3, scale: 0.5 })]) {
      const run = trained({ problem, parameterization, optimizer: kfac({ rate: 0.1, damping: 1e-3 }), steps: 300 });
      const isNetwork = run.predictor === null;
      expect(run.train.error).toBeLessThan(isNetwork ? 0.01 : 0.5);
      expect(run.solver).toMatchObject({ solver: 'Kronecker factors' });
    }
  });
});
