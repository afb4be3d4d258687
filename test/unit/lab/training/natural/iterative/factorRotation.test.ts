import { describe, expect, it } from 'vitest';
import { factorization, matrixCompletion, ngd, type Parameterization } from '../../../../../../extension/lab/index.ts';
import { required } from '../../../../required.ts';
import { trained } from '../../../trained.ts';

const problem = matrixCompletion({ rows: 14, columns: 15, rank: 2, observed: 80 });

/** A step by conjugate gradients, and one by a factorization. */
function both(parameterization: Parameterization, damping = 0) {
  const step = (solver: 'iterative' | 'auto') =>
    trained({
      problem,
      parameterization,
      optimizer: ngd({ rate: 1e-4, fisher: 'population', solver, damping }),
      steps: 3,
    });
  const [iterative, dense] = [step('iterative'), step('auto')];
  const [a, b] = [required(iterative.predictor), required(dense.predictor)];
  const apart = Math.hypot(...a.map((value, i) => value - b[i]!)) / Math.hypot(...b);
  return { apart, solver: required(iterative.solver) };
}

describe('conjugate gradients in the basis of the outer factors', () => {
  it.each<[string, Parameterization, number, number]>([
    ['two factors, exactly', factorization({ depth: 2, scale: 0.01 }), 1.001, 3],
    ['two wide factors, exactly', factorization({ depth: 2, rank: 20, scale: 0.01 }), 1.001, 3],
    // Without it: a condition of 3e6 to 3e7, and 600 iterations.
    ['three factors', factorization({ depth: 3, scale: 0.05 }), 1e4, 150],
    ['three balanced factors', factorization({ depth: 3, init: 'balanced', scale: 0.6 }), 1000, 100],
  ])('solve %s', (_name, parameterization, condition, iterations) => {
    const { apart, solver } = both(parameterization);
    expect(apart).toBeLessThan(1e-9);
    expect(required(solver.condition)).toBeLessThan(condition);
    expect(solver.iterations).toBeLessThanOrEqual(iterations);
  });

  it('solve a damped system', () => {
    const { apart, solver } = both(factorization({ depth: 2, scale: 0.05 }), 1e-5);
    expect(apart).toBeLessThan(1e-9);
    expect(solver.iterations).toBeLessThanOrEqual(3);
  });
});
