import { describe, expect, it } from 'vitest';
import { readTextOnly } from '../../../../../extension/lab/compiler/source/functionSource.ts';
import {
  adam,
  dataset,
  elementwise,
  factorization,
  gd,
  linear,
  matrixCompletion,
  momentum,
  signDescent,
} from '../../../../../extension/lab/index.ts';
import { type AnyOptimizer, trainerOf } from '../../../../../extension/lab/optimizers/index.ts';
import { buildPredictor } from '../../../../../extension/lab/parameterizations/build.ts';
import { prepare, taskOf } from '../../../../../extension/lab/run.ts';
import { MEASURE } from '../../../../../extension/lab/training/trainer.ts';
import { required } from '../../../required.ts';
import { gaussianRows, norm, sparseData, trained } from '../../trained.ts';

const data = sparseData(17, 24, 7);
const classify = dataset({ train: data, loss: 'logistic' });
const targets = gaussianRows(18, 1, 24)[0];
const regress = dataset({ train: { inputs: data.inputs, labels: targets }, loss: 'square' });
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

describe('optimizers that need the gradient alone', () => {
  it('momentum is the heavy ball of a plain loop', () => {
    let w = [...start];
    let v = w.map(() => 0);
    for (let step = 0; step < 200; step++) {
      const g = gradientAt(w);
      v = v.map((value, j) => 0.8 * value - 0.3 * g[j]);
      w = w.map((value, j) => value + v[j]);
    }
    expectClose(run(momentum({ rate: 0.3, momentum: 0.8 }), 200).predictor, w);
  });

  it('momentum 0 is gradient descent', () => {
    expectClose(run(momentum({ rate: 0.3, momentum: 0 }), 50).predictor, [
      ...(run(gd({ rate: 0.3 }), 50).predictor ?? []),
    ]);
  });

  it('Adam is Adam of a plain loop, its first step of length rate', () => {
    let w = [...start];
    const [m, s] = [w.map(() => 0), w.map(() => 0)];
    for (let t = 1; t <= 200; t++) {
      gradientAt(w).forEach((g, j) => {
        m[j] = 0.9 * m[j] + 0.1 * g;
        s[j] = 0.99 * s[j] + 0.01 * g * g;
      });
      w = w.map((value, j) => value - (0.02 * (m[j] / (1 - 0.9 ** t))) / (Math.sqrt(s[j] / (1 - 0.99 ** t)) + 1e-8));
    }
    expectClose(run(adam({ rate: 0.02, beta2: 0.99 }), 200).predictor, w);
    const first = run(adam({ rate: 0.02 }), 1).predictor ?? [];
    Array.from(first).forEach((value, j) => {
      expect(Math.abs(Math.abs(value - start[j]) - 0.02)).toBeLessThan(1e-7);
    });
  });

  it('sign descent moves each coordinate by the rate, against its derivative', () => {
    let w = [...start];
    for (let step = 0; step < 100; step++) {
      const g = gradientAt(w);
      w = w.map((value, j) => value - 0.01 * Math.sign(g[j]));
    }
    expectClose(run(signDescent({ rate: 0.01 }), 100).predictor, w);
  });

  it('sign descent goes on where the loss has left the range of numbers', () => {
    const problem = dataset({ train: { inputs: data.inputs.slice(0, 2), labels: [1, -1] }, loss: 'logistic' });
    const runFor = (steps: number) =>
      trained({ problem, parameterization: linear(), optimizer: signDescent({ rate: 5 }), steps });
    const [far, farther] = [runFor(2000), runFor(2001)];
    expect(far.margins?.min).toBeGreaterThan(1000);
    const w = far.predictor ?? new Float64Array();
    expect(norm(Array.from(required(farther.predictor), (value, j) => value - w[j]))).toBeCloseTo(5 * Math.sqrt(7));
  });

  it('says at which step momentum diverged, as a run step by step does', () => {
    const setup = {
      problem: regress,
      parameterization: elementwise({ u: 0.5, v: 0.4 }, ({ u, v }) => u * u * u - v),
      optimizer: momentum({ rate: 3 }),
    };
    const { diverged } = trained({ ...setup, steps: 5000 });
    expect(diverged).toBeGreaterThan(1);
    expect(trained({ ...setup, steps: required(diverged) - 1 }).diverged).toBeUndefined();
    expect(trained({ ...setup, steps: required(diverged) }).diverged).toBe(diverged);
  });
});

it('a large model takes the same steps whether it was measured before or not', () => {
  const plan = {
    identity: { id: 0, point: null, parameterization: 'p', optimizer: 'o', seed: 1 },
    problem: matrixCompletion({ rows: 50, columns: 50, rank: 2, observed: 600 }),
    optimizer: momentum({ rate: 0.1, momentum: 0.5 }),
    steps: 4,
  };
  const parameterization = factorization({ depth: 2, scale: 0.3 });
  const program = buildPredictor(parameterization, plan.problem, readTextOnly);
  const started = () =>
    prepare({ ...plan, program }, (model) => trainerOf(taskOf({ ...plan, program }, plan.optimizer, model)));
  const [alone, measured] = [started(), started()];
  alone.trainer.step(4);
  for (const times of [1, 1, 2]) {
    measured.trainer.module.entry(MEASURE)(1);
    measured.trainer.step(times, true);
  }
  expect(measured.parameters).toEqual(alone.parameters);
});
