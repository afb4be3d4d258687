import { describe, expect, it } from 'vitest';
import { readTextOnly } from '../../../../../extension/lab/compiler/source/functionSource.ts';
import {
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
} from '../../../../../extension/lab/index.ts';
import { buildPredictor } from '../../../../../extension/lab/parameterizations/build.ts';
import type { AnyProblem } from '../../../../../extension/lab/problems/index.ts';
import { drawProblem } from '../../../../../extension/lab/problems/index.ts';
import { predictedBytes } from '../../../../../extension/lab/training/memory.ts';
import { buildModel } from '../../../../../extension/lab/training/model.ts';
import { spaceFor } from '../../../../../extension/lab/training/natural/space.ts';

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
