import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readTextOnly } from '../../../extension/lab/compiler/source/functionSource.ts';
import { dataset, deepLinear, diagonal, elementwise, gd, ngd, separable } from '../../../extension/lab/index.ts';
import { type AnyOptimizer, optimizerDescription } from '../../../extension/lab/optimizers/index.ts';
import { buildPredictor } from '../../../extension/lab/parameterizations/build.ts';
import type { Parameterization } from '../../../extension/lab/parameterizations/parameterization.ts';
import { type AnyProblem, problemDescription } from '../../../extension/lab/problems/index.ts';
import type { RunPlan } from '../../../extension/lab/run.ts';
import { RunKeys } from '../../../extension/lab/runKey.ts';

interface Parts {
  problem?: AnyProblem;
  parameterization?: Parameterization;
  optimizer?: AnyOptimizer;
  steps?: number;
  seed?: number;
  name?: string;
  id?: number;
}

/** The key of a run as a whole file would give it: nothing is shared with other runs. */
function keyOf({
  problem = separable({ dimension: 5, train: 4 }),
  parameterization = elementwise({ u: 0.5, v: 0.25 }, ({ u, v }) => u * u - v * v),
  optimizer = gd({ rate: 0.1 }),
  steps = 10,
  seed = 1,
  name = 'p',
  id = 0,
}: Parts = {}): string {
  const plan: RunPlan = {
    identity: { id, point: null, parameterization: name, optimizer: name, seed },
    problem: problemDescription(problem),
    program: buildPredictor(parameterization, problem, readTextOnly),
    optimizer: optimizerDescription(optimizer),
    steps,
  };
  return new RunKeys((bytes) => createHash('sha256').update(bytes).digest('hex')).of(plan);
}

const key = keyOf();

describe('the key of a run is the same', () => {
  const rows = [
    [1, 0.5],
    [-1, 0.25],
    [0.3, 2],
  ];
  it.each<[string, Parts]>([
    ['whatever its names and its place in the grid', { name: 'another', id: 7 }],
    [
      'whatever the parameters of its function are called',
      { parameterization: elementwise({ a: 0.5, b: 0.25 }, ({ a, b }) => a * a - b * b) },
    ],
    [
      'however its function is written',
      {
        parameterization: elementwise({ u: 0.5, v: 0.25 }, (w) => {
          // A comment.
          const { u } = w;
          return u * u - w.v * w.v;
        }),
      },
    ],
    ['in whatever order options are given', { problem: separable({ train: 4, dimension: 5 }) }],
  ])('%s', (_, parts) => expect(keyOf(parts)).toBe(key));

  it('for equal data, wherever they come from', () => {
    const data = (labels: number[]) => dataset({ train: { inputs: rows, labels }, loss: 'square' });
    expect(keyOf({ problem: data([1, 2, 3]) })).toBe(keyOf({ problem: data([1, 2, 3]) }));
    expect(keyOf({ problem: data([1, 2, 3]) })).not.toBe(keyOf({ problem: data([1, 2, 3 + 2 ** -50]) }));
  });
});

describe('the key of a run is another', () => {
  const all: [string, Parts][] = [
    ['for another seed', { seed: 2 }],
    ['for more steps', { steps: 11 }],
    ['for another rate', { optimizer: gd({ rate: 0.1 + 2 ** -55 }) }],
    ['for another optimizer', { optimizer: ngd({ rate: 0.1 }) }],
    [
      'for another constant in the function',
      { parameterization: elementwise({ u: 0.5, v: 0.25 }, ({ u, v }) => u * u - 2 * v * v) },
    ],
    ['for another start', { parameterization: elementwise({ u: 0.5, v: 0.26 }, ({ u, v }) => u * u - v * v) }],
    [
      'for another order of operations',
      { parameterization: elementwise({ u: 0.5, v: 0.25 }, ({ u, v }) => (u - v) * (u + v)) },
    ],
    ['for another problem', { problem: separable({ dimension: 5, train: 5 }) }],
    ['for another parameterization', { parameterization: diagonal({ depth: 2, scale: 0.5 }) }],
    ['for another depth', { parameterization: deepLinear({ depth: 2 }) }],
  ];
  it('for everything that decides numbers', () => {
    const keys = all.map(([, parts]) => keyOf(parts));
    expect(new Set([key, ...keys]).size).toBe(all.length + 1);
  });
});
