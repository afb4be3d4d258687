/** The file that `Depth Lab: New Experiment` creates. */
export const STARTER = `import { elementwise, experiment, gd, linear, ngd, separable } from 'depth-lab';

// Click "Run" above the experiment. Its results appear beside these lines and in the panel.
// Every parameterization is trained with every optimizer from every seed.
experiment('My first experiment', {
  // Gaussian inputs with labels ±1; only the first 3 of 40 coordinates matter.
  problem: separable({ dimension: 40, train: 30, test: 2000, sparsity: 3 }),

  // Each is a way to write the same linear predictor w. Change one, or add your own:
  // plain arithmetic and Math.* are differentiated for you.
  parameterizations: {
    'linear': linear(),
    'u² - v²': elementwise({ u: 0.1, v: 0.1 },
      ({ u, v }) => u * u - v * v),
  },

  // Gradient descent finds another classifier for each parameterization,
  // natural gradient descent the same for all.
  optimizers: {
    GD: gd({ rate: 0.2 }),
    NGD: ngd({ rate: 0.01, fisher: 'train' }),
  },

  steps: 1000,
  seeds: 4,

  // What you expect. Each is checked when all runs are through.
  claims: {
    'depth helps GD': ({ result }) =>
      result.mean('GD', 'u² - v²').test.error < result.mean('GD', 'linear').test.error,
  },
});
`;
