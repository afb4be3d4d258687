import { describe, expect, it } from 'vitest';
import { dataset, factorization, gd, linear, matrixCompletion } from '../../../../../extension/lab/index.ts';
import type { AnyOptimizer } from '../../../../../extension/lab/optimizers/index.ts';
import { RandomStream } from '../../../../../extension/lab/random.ts';
import { required } from '../../../required.ts';
import { gaussianRows, norm, sparseData, trained } from '../../trained.ts';

const data = sparseData(17, 24, 7);
const classify = dataset({ train: data, loss: 'logistic' });
const start = gaussianRows(19, 1, 7)[0];

/** ∇L of the logistic loss of a linear model over the given examples. */
function gradientAt(w: readonly number[], examples: Iterable<number> = data.inputs.keys()): number[] {
  const rows = [...examples];
  const gradient = new Array(w.length).fill(0);
  for (const i of rows) {
    const x = data.inputs[i];
    const m = data.labels[i] * x.reduce((sum, value, j) => sum + value * w[j], 0);
    x.forEach((value, j) => {
      gradient[j] -= (data.labels[i] * value) / (1 + Math.exp(m)) / rows.length;
    });
  }
  return gradient;
}

function expectClose(actual: ArrayLike<number> | null, expected: readonly number[], tolerance = 1e-12): void {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((value, j) => {
    expect(Math.abs(required(actual?.[j]) - value)).toBeLessThan(tolerance * Math.max(1, norm(expected)));
  });
}

const run = (optimizer: AnyOptimizer, steps: number) =>
  trained({ problem: classify, parameterization: linear({ init: start }), optimizer, steps });

describe('gradient descent on batches', () => {
  it('takes the gradient over the batch whose turn it is in the epoch', () => {
    let w = [...start];
    const order: number[] = [];
    for (let epoch = 0; epoch < 10; epoch++) {
      order.push(...new RandomStream(1, `batches of epoch ${epoch}`).permutation(24).subarray(0, 20));
    }
    for (let step = 0; step < 40; step++) {
      const g = gradientAt(w, order.slice(5 * step, 5 * step + 5));
      w = w.map((value, j) => value - 0.2 * g[j]);
    }
    expectClose(run(gd({ rate: 0.2, batch: 5 }), 40).predictor, w);
  });

  it('depends on the seed alone', () => {
    const seeded = (seed: number) =>
      trained({
        problem: classify,
        parameterization: linear(),
        optimizer: gd({ rate: 0.2, batch: 5 }),
        steps: 300,
        seed,
      }).predictor;
    expect(seeded(3)).toEqual(seeded(3));
    expect(seeded(3)).not.toEqual(seeded(4));
  });

  it('of all examples is gradient descent', () => {
    expect(run(gd({ rate: 0.2, batch: 24 }), 30).predictor).toEqual(run(gd({ rate: 0.2 }), 30).predictor);
  });

  it('of observed entries moves as a plain loop over those entries', () => {
    const matrix = gaussianRows(23, 4, 5);
    const observed = [0, 3, 7, 11, 12, 18].map((at): [number, number] => [Math.floor(at / 5), at % 5]);
    const w = new Array(20).fill(0.1);
    const entries = observed.map(([i, j]) => i * 5 + j);
    const order = [0, 1, 2].flatMap((epoch) => [...new RandomStream(1, `batches of epoch ${epoch}`).permutation(6)]);
    for (let step = 0; step < 9; step++) {
      for (const entry of order.slice(2 * step, 2 * step + 2).map((at) => entries[at])) {
        w[entry] -= (0.3 * (w[entry] - matrix.flat()[entry])) / 2;
      }
    }
    const setup = { problem: matrixCompletion({ matrix, observed }), optimizer: gd({ rate: 0.3, batch: 2 }), steps: 9 };
    expectClose(trained({ ...setup, parameterization: linear({ init: 0.1 }) }).predictor, w);
    const deep = trained({ ...setup, parameterization: factorization({ depth: 2, scale: 0.5 }), steps: 2000 });
    expect(deep.train.loss).toBeLessThan(1e-3);
  });

  it('normalized divides by the loss of the batch', () => {
    const far = run(gd({ rate: 1, normalized: true, batch: 6 }), 4000);
    expect(far.margins?.min).toBeGreaterThan(100);
  });
});
