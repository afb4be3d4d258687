import { describe, expect, it } from 'vitest';
import { elementwise, gd, linear, ngd, separable } from '../../../../extension/lab/index.ts';
import type { AnyOptimizer } from '../../../../extension/lab/optimizers/index.ts';
import { trained } from '../trained.ts';

describe('a problem with a sparse truth', () => {
  it('rewards u² − v² under gradient descent and not under natural gradient descent', () => {
    const problem = separable({ dimension: 60, train: 40, test: 2000, sparsity: 3 });
    const error = (parameterization: ReturnType<typeof linear>, optimizer: AnyOptimizer) =>
      trained({ problem, parameterization, optimizer, steps: 1000 }).test?.error ?? Number.NaN;
    const small = elementwise({ u: 0.05, v: 0.05 }, ({ u, v }) => u * u - v * v);
    expect(error(small, gd({ rate: 0.2 }))).toBeLessThan(0.7 * error(linear(), gd({ rate: 0.2 })));
    expect(error(small, ngd({ rate: 0.01 }))).toBeGreaterThan(0.25);
  });
});
