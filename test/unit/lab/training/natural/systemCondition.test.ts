import { describe, expect, it } from 'vitest';
import {
  dataset,
  deepLinear,
  type FisherOptions,
  factorization,
  linear,
  matrixCompletion,
  ngd,
  type Parameterization,
} from '../../../../../extension/lab/index.ts';
import type { AnyProblem } from '../../../../../extension/lab/problems/index.ts';
import { required } from '../../../required.ts';
import { sparseData, trained } from '../../trained.ts';

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
    expect(Math.abs(required(iterative?.condition) / required(dense?.condition) - 1)).toBeLessThan(0.01);
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
