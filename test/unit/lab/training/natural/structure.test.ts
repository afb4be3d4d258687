import { describe, expect, it } from 'vitest';
import {
  dataset,
  deepLinear,
  factorization,
  kfac,
  linear,
  matmul,
  matrix,
  matrixCompletion,
  naturalGradientFlow,
  ngd,
  type Parameterization,
  parameterization,
  reshape,
  vector,
} from '../../../../../extension/lab/index.ts';
import type { AnyProblem } from '../../../../../extension/lab/problems/index.ts';
import { gaussianRows, sparseData, trained } from '../../trained.ts';

const completion = matrixCompletion({ rows: 4, columns: 6, rank: 1, observed: 14, seed: 3 });
const classifier = dataset({ train: sparseData(4, 4, 5), loss: 'logistic' });
const scale = { scale: 0.5 };

const cases: [string, AnyProblem, Parameterization][] = [
  [
    'a product of another shape, reshaped',
    completion,
    parameterization({ A: matrix(6, 4), B: matrix(4, 4) }, ({ A, B }) => reshape(matmul(A, B), [4, 6]), scale),
  ],
  [
    'a matrix times a column',
    classifier,
    parameterization({ A: matrix(5, 3), B: matrix(3, 1) }, ({ A, B }) => reshape(matmul(A, B), [5]), scale),
  ],
  [
    'a matrix times a vector',
    classifier,
    parameterization({ A: matrix(5, 3), b: vector(3) }, ({ A, b }) => matmul(A, b), scale),
  ],
  [
    'a vector times a matrix',
    classifier,
    parameterization({ A: matrix(3, 5), b: vector(3) }, ({ A, b }) => matmul(b, A), scale),
  ],
  ['a factorization', completion, factorization({ depth: 2, scale: 0.5 })],
  ['a deep linear model', classifier, deepLinear({ depth: 2, width: 3, scale: 0.5 })],
];

describe('the structure of a product', () => {
  it.each(cases)('is seen only where it is one: %s', (_, problem, parameterization) => {
    const end = (solver: 'auto' | 'parameters') =>
      trained({ problem, parameterization, optimizer: ngd({ rate: 0.1, solver }), steps: 3 }).predictor ??
      new Float64Array();
    const [structured, plain] = [end('auto'), end('parameters')];
    structured.forEach((x, i) => {
      expect(x).toBeCloseTo(plain[i], 8);
    });
  });

  it('is right for the population’s Fisher information, whose flow has a law', () => {
    const [, , reshaped] = cases[0];
    const flow = naturalGradientFlow({ fisher: 'population', until: 1 });
    const run = trained({ problem: completion, parameterization: reshaped, optimizer: flow });
    expect(run.singular).toBeUndefined();
    expect(run.train.loss / run.samples[0].train.loss).toBeCloseTo(Math.exp((-2 * 24) / 14), 5);
  });

  it('is not taken for layers where it has none', () => {
    const run = (parameterization: Parameterization) =>
      trained({ problem: classifier, parameterization, optimizer: kfac({ rate: 0.1, damping: 0.1 }), steps: 2 });
    expect(run(linear({ init: gaussianRows(1, 1, 5)[0] })).train.loss).toBeGreaterThan(0);
    for (const [, , parameterization] of cases.slice(1, 4)) expect(() => run(parameterization)).toThrow();
  });
});

it('a run whose every curvature has underflowed ends as diverged', () => {
  const { inputs, labels } = sparseData(6, 20, 6);
  const noisy = dataset({ train: { inputs, labels: labels.map((y, i) => (i % 5 === 0 ? -y : y)) }, loss: 'logistic' });
  const run = trained({
    problem: noisy,
    parameterization: linear({ init: [4000, -3000, 2000, 1000, 3000, 500] }),
    optimizer: ngd({ rate: 0.1 }),
    steps: 3,
  });
  expect(run.diverged).toBe(1);
});
