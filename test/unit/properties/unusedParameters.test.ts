import { describe, expect, it } from 'vitest';
import {
  adam,
  dataset,
  elementwise,
  gaussNewton,
  gd,
  gradientFlow,
  matmul,
  matrix,
  matrixCompletion,
  momentum,
  multiply,
  naturalGradientFlow,
  ngd,
  type Parameterization,
  parameterization,
  scalar,
  signDescent,
  slice,
  vector,
} from '../../../extension/lab/index.ts';
import type { AnyOptimizer } from '../../../extension/lab/optimizers/index.ts';
import type { AnyProblem } from '../../../extension/lab/problems/index.ts';
import { sparseData, trained } from '../lab/trained.ts';
import { required } from '../required.ts';

const fishers = ['train', 'population', 'empirical'] as const;
const solvers = ['auto', 'parameters', 'samples', 'iterative'] as const;

const optimizers: [string, AnyOptimizer][] = [
  ['gd', gd({ rate: 0.05 })],
  ['gd in batches', gd({ rate: 0.05, batch: 2 })],
  ['momentum', momentum({ rate: 0.05 })],
  ['adam', adam({ rate: 0.05 })],
  ['signDescent', signDescent({ rate: 0.01 })],
  ['gaussNewton', gaussNewton({ rate: 0.1, damping: 0.1 })],
  ['gradientFlow', gradientFlow({ until: 0.2 })],
  ...fishers.flatMap((fisher) =>
    solvers.flatMap((solver): [string, AnyOptimizer][] => [
      [`ngd, ${fisher}, ${solver}`, ngd({ rate: 0.05, fisher, solver })],
      [`ngd, ${fisher}, ${solver}, damped`, ngd({ rate: 0.05, fisher, solver, damping: 0.1 })],
    ]),
  ),
  ...fishers.map((fisher): [string, AnyOptimizer] => [`flow, ${fisher}`, naturalGradientFlow({ until: 0.1, fisher })]),
];

const init = {
  v: [1, 0.8, 0.6],
  A: [
    [1, 0.2, 0.1],
    [0.1, 1, 0.3],
    [0.2, 0.1, 0.9],
  ],
  B: 0.5,
};
const { v, A } = init;

/** A parameterization, and those that have something beside it that the predictor does not use. */
const vectors: [string, Parameterization][] = [
  ['a larger matrix', parameterization({ v: vector(3), B: matrix(4, 5) }, ({ v }) => multiply(v, v), { init: { v } })],
  ['a number before it', parameterization({ B: scalar(), v: vector(3) }, ({ v }) => multiply(v, v), { init: { v } })],
  [
    'one of the same size',
    parameterization({ B: vector(3), v: vector(3) }, ({ v }) => multiply(v, v), { init: { v } }),
  ],
  [
    'another shape of the same size',
    parameterization({ v: vector(3), B: matrix(3, 1) }, ({ v }) => multiply(v, v), { init: { v } }),
  ],
  [
    'entries of its own',
    parameterization({ v: vector(5) }, ({ v }) => multiply(slice(v, 0, 3), slice(v, 0, 3)), {
      init: { v: [...v, 1, 1] },
    }),
  ],
  ['another number for each weight', elementwise({ v, w: 2 }, ({ v }) => v * v)],
];
const matrices: [string, Parameterization][] = [
  [
    'a vector',
    parameterization({ A: matrix(3, 3), C: vector(2), B: matrix(3, 3) }, ({ A, B }) => matmul(A, B), {
      init: { A, B: A },
    }),
  ],
  [
    'a larger matrix',
    parameterization({ C: matrix(4, 4), A: matrix(3, 3), B: matrix(3, 3) }, ({ A, B }) => matmul(A, B), {
      init: { A, B: A },
    }),
  ],
];

const cases: [string, AnyProblem, Parameterization, [string, Parameterization][]][] = [
  [
    'a vector for regression',
    dataset({ train: { inputs: sparseData(3, 4, 3).inputs, labels: [1, -0.5, 0.3, 2] }, loss: 'square' }),
    parameterization({ v: vector(3) }, ({ v }) => multiply(v, v), { init: { v } }),
    vectors,
  ],
  [
    'a vector for classification',
    dataset({ train: sparseData(5, 4, 3), loss: 'logistic' }),
    parameterization({ v: vector(3) }, ({ v }) => multiply(v, v), { init: { v } }),
    vectors,
  ],
  [
    'a product of matrices',
    matrixCompletion({ rows: 3, columns: 3, rank: 1, observed: 5, seed: 2 }),
    parameterization({ A: matrix(3, 3), B: matrix(3, 3) }, ({ A, B }) => matmul(A, B), { init: { A, B: A } }),
    matrices,
  ],
];

describe.each(cases)('%s', (_, problem, plain, others) => {
  it.each(optimizers)('moves under %s as if what it does not use were not there', (_, optimizer) => {
    const end = (one: Parameterization) => trained({ problem, parameterization: one, optimizer, steps: 3 });
    const expected = end(plain);
    const scale = Math.max(...Array.from(expected.predictor ?? [], Math.abs));
    for (const [name, other] of others) {
      const actual = end(other);
      expect(actual.diverged, name).toBe(expected.diverged);
      required(actual.predictor).forEach((x, i) => {
        expect(Math.abs(x - required(expected.predictor?.[i])), name).toBeLessThan(1e-6 * scale);
      });
    }
  });
});

it('a predictor that uses nothing stays where it is', () => {
  const problem = dataset({ train: sparseData(5, 4, 3), loss: 'logistic' });
  const constant = elementwise({ u: 1 }, () => 0.5);
  for (const [name, optimizer] of optimizers) {
    const { predictor } = trained({ problem, parameterization: constant, optimizer, steps: 2 });
    expect([...required(predictor)], name).toEqual([0.5, 0.5, 0.5]);
  }
});
