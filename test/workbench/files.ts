/** Lab files for the tests. */

/** Two quick experiments; the first begins in line 3. */
export const SMALL = `import { elementwise, experiment, gd, linear, ngd, separable } from 'depth-lab';

experiment('Small', {
  problem: separable({ dimension: 40, train: 30, test: 500, sparsity: 3 }),
  parameterizations: {
    'linear': linear(),
    'u² − v²': elementwise({ u: 0.1, v: 0.1 }, ({ u, v }) => u * u - v * v),
  },
  optimizers: {
    GD: gd({ rate: 0.05, normalized: true }),
    NGD: ngd({ rate: 0.05 }),
  },
  steps: 200,
  seeds: 2,
  claims: {
    'depth helps GD': ({ result }) => result.mean('GD', 'u² − v²').test.error < result.mean('GD', 'linear').test.error,
  },
});

experiment('Other', {
  problem: separable({ dimension: 4, train: 3, test: 50 }),
  parameterizations: { linear: linear() },
  optimizers: { GD: gd({ rate: 0.1 }) },
  steps: 10,
});
`;
