import { describe, expect, it } from 'vitest';
import { readTextOnly } from '../../../../extension/lab/compiler/source/functionSource.ts';
import {
  dataset,
  deepLinear,
  elementwise,
  type FisherOptions,
  factorization,
  linear,
  matrix,
  matrixCompletion,
  network,
  ngd,
  type Parameterization,
  parameterization,
  regression,
  separable,
  sum,
  teacher,
} from '../../../../extension/lab/index.ts';
import { buildPredictor } from '../../../../extension/lab/parameterizations/build.ts';
import type { AnyProblem } from '../../../../extension/lab/problems/index.ts';
import { drawProblem } from '../../../../extension/lab/problems/index.ts';
import { predictedBytes } from '../../../../extension/lab/training/memory.ts';
import { buildModel } from '../../../../extension/lab/training/model.ts';
import { spaceFor } from '../../../../extension/lab/training/natural/space.ts';
import { sparseData, trained } from '../training.ts';

function space(problem: AnyProblem, p: Parameterization, options: FisherOptions = {}) {
  const model = buildModel(buildPredictor(p, problem, readTextOnly), drawProblem(problem, 1));
  return spaceFor(model, ngd({ rate: 1, ...options }));
}

describe('the solver that is chosen', () => {
  const square = elementwise({ u: 0.1, v: 0.1 }, ({ u, v }) => u * u - v * v);

  it.each<[string, AnyProblem, Parameterization, FisherOptions, string]>([
    ['few examples', separable({ dimension: 40, train: 20 }), linear(), {}, 'samples'],
    ['few dimensions', separable({ dimension: 20, train: 40 }), linear(), {}, 'predictor'],
    ['many examples, few dimensions', separable({ dimension: 20, train: 5000 }), square, {}, 'predictor'],
    ['few parameters', teacher({ dimension: 3, train: 90, widths: [2] }), network({ widths: [3] }), {}, 'parameters'],
    [
      'many examples of a network',
      regression({ dimension: 9, train: 3001 }),
      network({ widths: [400] }),
      {},
      'iterative',
    ],
    [
      'many parameters under the population Fisher',
      regression({ dimension: 40, train: 20 }),
      network({ widths: [80] }),
      { fisher: 'population' },
      'iterative',
    ],
    [
      'a large matrix under the population Fisher',
      matrixCompletion({ rows: 60, columns: 60, rank: 1, observed: 100 }),
      factorization({ depth: 2 }),
      { fisher: 'population' },
      'iterative',
    ],
    [
      'the same under the train Fisher',
      matrixCompletion({ rows: 60, columns: 60, rank: 1, observed: 100 }),
      factorization({ depth: 2 }),
      {},
      'samples',
    ],
    [
      'a large Jacobian without structure',
      separable({ dimension: 1100, train: 500 }),
      parameterization({ a: matrix(1100, 200) }, ({ a }) => sum(a, 1)),
      {},
      'iterative',
    ],
    ['what is said', separable({ dimension: 40, train: 20 }), linear(), { solver: 'iterative' }, 'iterative'],
    [
      'what is said, however large',
      separable({ dimension: 4, train: 4000 }),
      linear(),
      { solver: 'samples' },
      'samples',
    ],
  ])('for %s', (_name, problem, p, options, expected) => {
    expect(space(problem, p, options)).toBe(expected);
  });

  it('is what memory is predicted for', () => {
    const sizes = { train: 20000, test: 0, predictor: 30000, hidden: null, parameters: 30000, isDense: false };
    const bytes = (solver: 'auto' | 'samples' | 'iterative') => predictedBytes({ ...sizes, solvers: [solver] });
    expect(bytes('samples')).toBeGreaterThan(5 * 8 * 20000 ** 2);
    expect(bytes('auto')).toBeLessThan(1e8);
    expect(bytes('iterative')).toBe(bytes('auto'));
  });
});

describe('the condition number in the report', () => {
  const condition = (problem: AnyProblem, p: Parameterization, options: FisherOptions) =>
    trained({ problem, parameterization: p, optimizer: ngd({ rate: 0.1, ...options }), steps: 0 }).solver;

  it('is that of inputs with known singular values, in each space', () => {
    // Orthogonal rows of lengths 1 … 1/1000, so that XXᵀ has condition number 1e6.
    const lengths = [1, 0.5, 0.1, 0.02, 0.001];
    const inputs = lengths.map((length, i) => Array.from({ length: 8 }, (_, j) => (i === j ? length : 0)));
    const problem = dataset({ train: { inputs, labels: [1, 2, 3, 4, 5] }, loss: 'square' });
    for (const solver of ['auto', 'samples'] as const)
      expect(condition(problem, linear(), { solver })?.condition).toBeCloseTo(1e6, 1);
    // F itself has rank 5 of 8: the part that counts.
    const parameters = condition(problem, linear(), { solver: 'parameters' })?.condition ?? 0;
    expect(Math.abs(parameters / 1e6 - 1)).toBeLessThan(1e-3);
    // Of X Xᵀ + nλ, n = 5.
    const damped = condition(problem, linear(), { solver: 'samples', damping: 0.002 })?.condition ?? 0;
    expect(Math.abs(damped / (1.01 / 0.010001) - 1)).toBeLessThan(1e-6);
    // The diagonal preconditions: nothing is left of these lengths.
    expect(condition(problem, linear(), { solver: 'iterative' })?.condition).toBeCloseTo(1, 10);
  });

  it('is estimated by conjugate gradients as by factorization', () => {
    // Without a structure that gives the diagonal there is no preconditioner, and the matrix is the same.
    const problem = dataset({ train: sparseData(11, 20, 40), loss: 'logistic' });
    const p = deepLinear({ depth: 2, width: 30, scale: 0.3 });
    const [dense, iterative] = [condition(problem, p, {}), condition(problem, p, { solver: 'iterative' })];
    expect(dense?.condition).toBeGreaterThan(5);
    expect(Math.abs((iterative?.condition ?? 0) / (dense?.condition ?? 1) - 1)).toBeLessThan(0.01);
  });

  it('is null where the numbers are no longer numbers', () => {
    const run = trained({
      problem: matrixCompletion({ rows: 6, columns: 6, rank: 1, observed: 20 }),
      parameterization: factorization({ depth: 3, scale: 1 }),
      optimizer: ngd({ rate: 1e200, solver: 'iterative' }),
      steps: 5,
    });
    expect(run.diverged).toBeGreaterThan(0);
    expect(run.solver?.condition).toBeNull();
  });
});
