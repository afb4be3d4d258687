/** Where flows end before their time, and where they must not. */

import { describe, expect, it } from 'vitest';
import {
  dataset,
  elementwise,
  factorization,
  gradientFlow,
  matrixCompletion,
  naturalGradientFlow,
  network,
  regression,
} from '../../../../../extension/lab/index.ts';
import { required } from '../../../required.ts';
import { gaussianRows, trained } from '../../trained.ts';

const one = (label: number) => dataset({ train: { inputs: [[1]], labels: [label] }, loss: 'square' });

describe('gradient flow from a balanced start', () => {
  it('never changes the sign of w = uv: it follows w′ = −2w(w + 1), or ends where float64 does', () => {
    const run = trained({
      problem: one(-1),
      parameterization: elementwise({ u: 1, v: 1 }, ({ u, v }) => u * v),
      optimizer: gradientFlow({ until: 200 }),
    });
    for (const { time, predictor } of run.samples) {
      // w / (w + 1) = e^{−2t} / 2.
      const share = Math.exp(-2 * time) / 2;
      expect(Math.abs(required(predictor?.[0]) - share / (1 - share))).toBeLessThan(1e-8);
    }
    expect(run.predictor?.[0]).toBeGreaterThan(0);
    expect(run.imprecise).toBeLessThan(40);
  });

  it.each<[string, number[][], number]>([
    [
      'a target that exchanges rows',
      [
        [0, 1],
        [1, 0],
      ],
      1,
    ],
    [
      'a small start',
      [
        [0, 1],
        [1, 0],
      ],
      0.1,
    ],
    [
      'a target without that symmetry',
      [
        [0.2, 1],
        [0.7, -0.1],
      ],
      1,
    ],
  ])('keeps det W > 0 for %s', (_name, matrix, scale) => {
    const observed = [0, 1].flatMap((i) => [0, 1].map((j): [number, number] => [i, j]));
    const run = trained({
      problem: matrixCompletion({ matrix, observed }),
      parameterization: factorization({ depth: 2, init: 'identity', scale }),
      optimizer: gradientFlow({ until: 1000 }),
    });
    const [a, b, c, d] = run.predictor ?? [];
    expect(a * d - b * c).toBeGreaterThan(-1e-9);
    expect(run.imprecise).toBeDefined();
  });
});

describe('flows that are well-behaved go on to their time', () => {
  it('out of a saddle, however small the start', () => {
    for (const scale of [1e-2, 1e-5]) {
      const run = trained({
        problem: matrixCompletion({ rows: 5, columns: 5, rank: 1, observed: 22, seed: 1 }),
        parameterization: factorization({ depth: 2, scale }),
        optimizer: gradientFlow({ until: 3000 }),
      });
      expect(run).not.toHaveProperty('imprecise');
      expect(run.time).toBe(3000);
      expect(run.train.loss).toBeLessThan(1e-6);
    }
  });

  it('on u² − v² from a start of 1e-4, and on a deep product', () => {
    const problem = regression({ dimension: 20, train: 10, sparsity: 2, seed: 1 });
    const square = elementwise({ u: 1e-4, v: 1e-4 }, ({ u, v }) => u * u - v * v);
    expect(trained({ problem, parameterization: square, optimizer: gradientFlow({ until: 1e4 }) }).time).toBe(1e4);
    const deep = trained({
      problem: matrixCompletion({ rows: 4, columns: 4, rank: 1, observed: 12, seed: 2 }),
      parameterization: factorization({ depth: 3, scale: 0.3 }),
      optimizer: gradientFlow({ until: 2000 }),
    });
    expect(deep.time).toBe(2000);
  });

  it('with the population Fisher information on factors whose rank is never full', () => {
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      const run = trained({
        problem: matrixCompletion({ rows: 4, columns: 4, rank: 2, observed: 8, seed: 1 }),
        parameterization: factorization({ depth: 2, rank: 3, scale: 1 }),
        optimizer: naturalGradientFlow({ until: 1, fisher: 'population' }),
        seed,
      });
      expect(run).not.toHaveProperty('singular');
      expect(run.solver).toMatchObject({ rank: 15, size: 16, dropped: 1 });
    }
  });

  it('of ReLU networks that do not slide along a kink', () => {
    const inputs = gaussianRows(3, 6, 3);
    const run = trained({
      problem: dataset({ train: { inputs, labels: [1, -1, 1, 1, -1, 1] }, loss: 'square' }),
      parameterization: network({ widths: [8], activation: 'relu' }),
      optimizer: gradientFlow({ until: 3, rtol: 1e-6 }),
    });
    expect(run.time).toBe(3);
  });
});

it('a flow that slides along a kink ends there, in seconds', () => {
  // |u| with a target of −1: from both sides the flow runs to u = 0, where it cannot stay at rest.
  const run = trained({
    problem: dataset({ train: { inputs: [[1], [1]], labels: [0, 0] }, loss: 'square' }),
    parameterization: elementwise({ u: 1, v: 2 }, ({ u, v }) => 1 + Math.abs(u) + (v - 1) ** 2 / 4),
    optimizer: gradientFlow({ until: 200 }),
  });
  expect(run.kink).toBeGreaterThan(0.1);
  expect(run.kink).toBeLessThan(10);
  expect(Math.abs(required(run.predictor?.[0]))).toBeLessThan(1.2);
});
