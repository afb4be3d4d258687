import { describe, expect, it } from 'vitest';
import { gaussNewton, network, ngd, teacher } from '../../../../extension/lab/index.ts';
import type { AnyOptimizer } from '../../../../extension/lab/optimizers/index.ts';
import { trained } from '../trained.ts';

describe('Gauss–Newton', () => {
  it('is natural gradient descent with the Fisher information of the training inputs', () => {
    const problem = teacher({ dimension: 4, train: 12, widths: [3] });
    const run = (optimizer: AnyOptimizer) =>
      trained({ problem, parameterization: network({ widths: [6] }), optimizer, steps: 10 }).outputs;
    expect(run(gaussNewton({ rate: 0.3, damping: 1e-3 }))).toEqual(run(ngd({ rate: 0.3, damping: 1e-3 })));
  });
});
