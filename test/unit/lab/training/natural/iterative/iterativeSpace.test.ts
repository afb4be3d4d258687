import { describe, expect, it } from 'vitest';
import {
  convolutional,
  dataset,
  deepLinear,
  elementwise,
  factorization,
  linear,
  matrixCompletion,
  type NaturalGradientOptions,
  naturalGradientFlow,
  network,
  ngd,
  type Parameterization,
  regression,
  separable,
  teacher,
} from '../../../../../../extension/lab/index.ts';
import type { AnyProblem } from '../../../../../../extension/lab/problems/index.ts';
import { required } from '../../../../required.ts';
import { gaussianRows, marginsOf, norm, sparseData, trained } from '../../../trained.ts';

const classify = (train: { inputs: number[][]; labels: number[] }) => dataset({ train, loss: 'logistic' });
const narrow = sparseData(11, 20, 40);
const wide = sparseData(12, 80, 20);
const square = elementwise({ u: 0.3, v: 0.2 }, ({ u, v }) => u * u - v * v);
const cube = elementwise({ u: 0.3, v: 0.2 }, ({ u, v }) => u * u * u - v);
const completion = matrixCompletion({ rows: 8, columns: 7, rank: 2, observed: 30, seed: 3 });

/** Outputs and predictor of a run, one after the other. */
function reached(
  problem: AnyProblem,
  parameterization: Parameterization,
  options: NaturalGradientOptions,
  steps: number,
) {
  const run = trained({ problem, parameterization, optimizer: ngd(options), steps });
  return { ...run, all: [...run.outputs, ...(run.predictor ?? [])] };
}

/** The relative distance of the iterative from the dense solution. */
function distance(
  problem: AnyProblem,
  parameterization: Parameterization,
  options: NaturalGradientOptions,
  steps = 10,
) {
  const dense = reached(problem, parameterization, options, steps);
  const iterative = reached(problem, parameterization, { ...options, solver: 'iterative' }, steps);
  expect(iterative.solver).toMatchObject({ solver: 'iterative' });
  expect(iterative.solver).not.toHaveProperty('residual');
  expect(iterative.solver?.iterations).toBeGreaterThan(0);
  return norm(dense.all.map((x, i) => x - iterative.all[i])) / norm(dense.all);
}

describe('the iterative solver', () => {
  it.each<[string, AnyProblem, Parameterization, Partial<NaturalGradientOptions>]>([
    ['train, n < d, linear', classify(narrow), linear(), {}],
    ['train, n < d, u² − v²', classify(narrow), square, {}],
    ['train, n < d, deep linear', classify(narrow), deepLinear({ depth: 2, width: 30, scale: 0.3 }), {}],
    ['train, n < d, damped', classify(narrow), square, { damping: 1e-3 }],
    ['train, n < d, a convolution', classify(narrow), convolutional({ depth: 2, scale: 0.5 }), { damping: 0.1 }],
    ['train, n > d, linear', classify(wide), linear(), {}],
    ['train, n > d, u³ − v', classify(wide), cube, {}],
    ['train, n > d, damped', classify(wide), cube, { damping: 0.1 }],
    ['empirical, damped', classify(wide), cube, { fisher: 'empirical', damping: 0.1 }],
    ['empirical, n < d', classify(narrow), cube, { fisher: 'empirical', rate: 0.002 }],
    ['completion, train', completion, factorization({ depth: 2, scale: 0.6 }), {}],
    ['completion, population', completion, factorization({ depth: 2, scale: 0.6 }), { fisher: 'population' }],
    ['completion, damped', completion, factorization({ depth: 3 }), { fisher: 'population', damping: 0.01 }],
    ['data set, population', classify(wide), cube, { fisher: 'population', damping: 1e-3 }],
    ['Gaussian inputs, population', separable({ dimension: 15, train: 10 }), square, { fisher: 'population' }],
    ['Gaussian inputs, damped', separable({ dimension: 15, train: 40 }), cube, { fisher: 'population', damping: 0.1 }],
    ['a margin, population', separable({ dimension: 9, train: 40, margin: 0.1 }), cube, { fisher: 'population' }],
    ['regression, population', regression({ dimension: 12, train: 30 }), square, { fisher: 'population' }],
    ['a network', regression({ dimension: 6, train: 12 }), network({ widths: [16], activation: 'tanh' }), {}],
    ['a damped network', regression({ dimension: 6, train: 40 }), network({ widths: [4] }), { damping: 0.01 }],
    [
      'a network, population',
      teacher({ dimension: 5, train: 30, widths: [3] }),
      network({ widths: [4], bias: true }),
      { fisher: 'population', damping: 0.01 },
    ],
    [
      'a network, population of few draws',
      teacher({ dimension: 5, train: 30, widths: [3] }),
      network({ widths: [20] }),
      { fisher: 'population', fisherSamples: 40 },
    ],
    [
      'a margin, population of few draws',
      separable({ dimension: 12, train: 20, margin: 0.1 }),
      cube,
      { fisher: 'population', fisherSamples: 8 },
    ],
  ])('agrees with the dense one: %s', (_name, problem, parameterization, options) => {
    const apart = distance(problem, parameterization, { rate: 0.05, ...options });
    expect(apart).toBeLessThan(1e-8);
  });

  it('agrees with the predictor’s and the parameters’ space where a population of few draws misses the gradient', () => {
    const problem = separable({ dimension: 12, train: 20, margin: 0.1 });
    for (const damping of [0, 0.05]) {
      const options = { rate: 0.05, fisher: 'population', fisherSamples: 8, damping } as const;
      const parameters = reached(problem, cube, { ...options, solver: 'parameters' }, 10);
      const predictor = reached(problem, cube, options, 10);
      expect(predictor.solver).toMatchObject({ solver: 'predictor' });
      const apart = norm(parameters.all.map((x, i) => x - predictor.all[i]));
      expect(apart / norm(parameters.all)).toBeLessThan(1e-9);
      expect(distance(problem, cube, options)).toBeLessThan(1e-9);
    }
  });

  it('finds the solution of minimum norm where the Fisher information is singular', () => {
    // More examples than dimensions, more parameters than either: J has rank 20 of 80 rows and 40 columns.
    expect(distance(classify(wide), square, { rate: 0.05 }, 20)).toBeLessThan(1e-8);
    // Each example twice: rows depend on each other, n < d.
    const twice = {
      inputs: [...narrow.inputs, ...narrow.inputs.slice(0, 5)],
      labels: [...narrow.labels, ...narrow.labels.slice(0, 5)],
    };
    expect(distance(classify(twice), square, { rate: 0.05 }, 20)).toBeLessThan(1e-7);
    // Contradicting targets: no solution, least squares.
    const labels = [...gaussianRows(5, 1, 20)[0], 1, 2];
    const torn = dataset({
      train: { inputs: [...narrow.inputs, narrow.inputs[0], narrow.inputs[1]], labels },
      loss: 'square',
    });
    expect(distance(torn, square, { rate: 0.05 }, 20)).toBeLessThan(1e-7);
  });

  it('obeys m → m + rate (1 + e^−m), step by step, on a linear model', () => {
    const run = trained({
      problem: classify(narrow),
      parameterization: linear(),
      optimizer: ngd({ rate: 0.3, solver: 'iterative' }),
      steps: 100,
    });
    let m = 0;
    for (let step = 0; step < 100; step++) m += 0.3 * (1 + Math.exp(-m));
    for (const margin of marginsOf(run.outputs, narrow.labels)) expect(Math.abs(margin / m - 1)).toBeLessThan(1e-10);
  });

  it('drives a natural gradient flow: dm/dt = 1 + e^−m, and unobserved entries do not move', () => {
    const margins = trained({
      problem: classify(narrow),
      parameterization: square,
      optimizer: naturalGradientFlow({ until: 4, solver: 'iterative' }),
    });
    const before = marginsOf(margins.samples[0].outputs ?? new Float64Array(), narrow.labels);
    marginsOf(margins.outputs, narrow.labels).forEach((m, i) => {
      expect(Math.abs(m - Math.log((1 + Math.exp(before[i])) * Math.exp(4) - 1))).toBeLessThan(1e-6);
    });
    const run = trained({
      problem: completion,
      parameterization: factorization({ depth: 2, scale: 0.6 }),
      optimizer: naturalGradientFlow({ until: 2, fisher: 'population', solver: 'iterative' }),
    });
    const dense = trained({
      problem: completion,
      parameterization: factorization({ depth: 2, scale: 0.6 }),
      optimizer: naturalGradientFlow({ until: 2, fisher: 'population' }),
    });
    const [a, b] = [run.predictor ?? new Float64Array(), dense.predictor ?? new Float64Array(1)];
    expect(norm(a.map((x, i) => x - b[i]))).toBeLessThan(1e-7);
  });

  it('stays with the dense solution for long, far into the tail of the loss', () => {
    for (const [problem, options] of [
      [classify(narrow), {}],
      [classify(wide), {}],
      [classify(wide), { damping: 1e-8 }],
    ] as const)
      expect(distance(problem, cube, { rate: 0.05, ...options }, 400)).toBeLessThan(1e-11);
    // Condition number 7e6 on the way.
    const many = separable({ dimension: 10, train: 300 });
    expect(distance(many, network({ widths: [5] }), { rate: 0.05 }, 50)).toBeLessThan(1e-8);
  });

  it('ends a flow where the dense solver does: where a balanced product loses rank', () => {
    const matrix = gaussianRows(43, 6, 6);
    const observed = Array.from({ length: 22 }, (_, i): [number, number] => [
      Math.floor(((7 * i) % 36) / 6),
      (7 * i) % 6,
    ]);
    const [dense, iterative] = (['auto', 'iterative'] as const).map((solver) =>
      trained({
        problem: matrixCompletion({ matrix, observed }),
        parameterization: factorization({ depth: 2, init: 'identity', scale: Math.sqrt(0.3) }),
        optimizer: naturalGradientFlow({ until: 4, fisher: 'population', solver }),
      }),
    );
    expect(dense.singular).toBeGreaterThan(0);
    expect(Math.abs(required(iterative.singular) - required(dense.singular))).toBeLessThan(1e-8);
  });

  it('says where it did not converge, and what was left', () => {
    const run = reached(classify(narrow), square, { rate: 0.05, solver: 'iterative', iterations: 3 }, 10);
    expect(run.unsolved).toBe(1);
    expect(run.steps).toBe(0);
    expect(run.solver?.iterations).toBe(3);
    expect(run.solver?.residual).toBeGreaterThan(1e-6);
    expect(run.solver?.residual).toBeLessThan(1);
    const rough = reached(classify(narrow), square, { rate: 0.05, solver: 'iterative', tolerance: 1e-3 }, 10);
    expect(rough.solver).not.toHaveProperty('residual');
    expect(rough.solver?.iterations).toBeLessThan(15);
  });
});
