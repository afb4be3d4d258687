/** Natural gradients where numbers leave the range of float64, or vanish. */

import { describe, expect, it } from 'vitest';
import { dataset, elementwise, linear, network, ngd, regression } from '../../../extension/lab/index.ts';
import type { Parameterization } from '../../../extension/lab/parameterizations/parameterization.ts';
import type { Fisher } from '../../../extension/lab/training/natural/settings.ts';
import { trained } from '../lab/trained.ts';
import { required } from '../required.ts';

const SOLVERS = ['auto', 'samples', 'parameters', 'iterative'] as const;

describe('margins far beyond 745', () => {
  const inputs = [
    [1, 0.2],
    [0.5, 1],
    [-1, -0.3],
    [0.1, -1],
  ];
  const problem = dataset({ train: { inputs, labels: [1, 1, -1, -1] }, loss: 'logistic' });
  // Two support vectors whose margins obey m ← m + rate (1 + e^{−m}): 1200 steps of rate 1.
  const least = (solver: (typeof SOLVERS)[number], fisher: Fisher, parameterization: Parameterization) =>
    trained({ problem, parameterization, optimizer: ngd({ rate: 1, solver, fisher }), steps: 1200 }).margins?.min;

  it.each(SOLVERS.flatMap((solver) => (['train', 'population'] as const).map((fisher) => [solver, fisher] as const)))(
    'are followed by %s, %s Fisher',
    (solver, fisher) => {
      expect(Math.abs(required(least(solver, fisher, linear())) / 1200.173 - 1)).toBeLessThan(1e-6);
    },
  );

  it('are followed with few examples by nonlinear models and networks', () => {
    const few = dataset({ train: { inputs: inputs.slice(0, 2), labels: [1, -1] }, loss: 'logistic' });
    const square = elementwise({ u: 1, v: 1.2 }, ({ u, v }) => u * u - v * v);
    for (const solver of SOLVERS) {
      const optimizer = ngd({ rate: 0.5, solver });
      for (const parameterization of [linear(), square]) {
        const run = trained({ problem: few, parameterization, optimizer, steps: 2000 });
        expect(run.margins?.min).toBeGreaterThan(999);
        expect(run.margins?.min).toBeLessThan(1004);
      }
      const net = trained({ problem: few, parameterization: network({ widths: [6] }), optimizer, steps: 40 });
      expect(net.diverged).toBeUndefined();
    }
  });

  it('with damping, where the gradient has underflowed beside it, end without a word and without moving', () => {
    for (const solver of SOLVERS) {
      const run = trained({
        problem,
        parameterization: linear({ init: [2000, 1500] }),
        optimizer: ngd({ rate: 1, solver, damping: 1e-3 }),
        steps: 3,
      });
      expect(run.predictor).toEqual(Float64Array.of(2000, 1500));
      expect(run.diverged).toBeUndefined();
    }
  });
});

describe('an example that is fitted exactly, under the empirical Fisher information', () => {
  const problem = dataset({
    train: {
      inputs: [
        [1, 0],
        [0, 1],
      ],
      labels: [1, 2],
    },
    loss: 'square',
  });

  it.each(SOLVERS)('asks for nothing: %s', (solver) => {
    const step = (damping: number) =>
      trained({
        problem,
        parameterization: linear({ init: 1 }),
        optimizer: ngd({ rate: 0.1, fisher: 'empirical', solver, damping }),
        steps: 1,
      }).predictor;
    // F = diag(0, 1) / 2, ∇L = (0, −1/2).
    expect(step(0)?.[0]).toBe(1);
    expect(step(0)?.[1]).toBeCloseTo(1.1, 12);
    expect(step(0.1)?.[0]).toBe(1);
    expect(step(0.1)?.[1]).toBeCloseTo(1 + (0.1 * 0.5) / 0.6, 12);
  });
});

it('a loss that overflows is a divergence at its own step, though the parameters are still finite', () => {
  const problem = dataset({ train: { inputs: [[1]], labels: [1] }, loss: 'square' });
  // The distance to the target grows elevenfold a step: (11^149)² / 2 exceeds 1.8e308 first.
  const run = trained({ problem, parameterization: linear(), optimizer: ngd({ rate: 12 }), steps: 400 });
  expect(run.diverged).toBe(149);
  expect(run.steps).toBe(149);
  expect(Number.isFinite(run.predictor?.[0])).toBe(true);
});

it('sample times and results do not depend on the size of the grid: steps of a larger model are some of a smaller one', () => {
  const run = (dimension: number) =>
    trained({
      problem: regression({ dimension, train: 5, test: 0, seed: 1 }),
      parameterization: linear(),
      optimizer: ngd({ rate: 0.01 }),
      steps: 1000,
    }).samples.map(({ step }) => step);
  const [small, large] = [run(10), run(5000)];
  expect(large.length).toBeLessThan(small.length);
  expect(large.at(-1)).toBe(1000);
  expect(large.every((step) => small.includes(step))).toBe(true);
});
