/**
 * A sparse classification problem: 3 of 100 coordinates matter, and 80
 * examples can be separated in many ways.
 *
 * Under gradient descent the parameterization decides: w = θ tends to the max
 * L2 margin and spreads its weight; w = u² - v² from a small start tends to the
 * max L1 margin and finds the few coordinates that matter. Natural gradient
 * descent takes one path for all of them in the outputs on the training data:
 * the bias of the parameterization is lost, and the generalization with it.
 *
 * Click ▶ Run below, turn on Live, and change the function of u and v.
 *
 * Woodworth et al., Kernel and rich regimes in overparametrized models (2020);
 * Kerekes, Mészáros and Huszár, Depth without the magic (2021).
 */
import { elementwise, experiment, gd, linear, ngd, separable } from 'depth-lab';

experiment('Sparse classifier', {
  problem: separable({ dimension: 100, train: 80, test: 2000, sparsity: 3 }),
  parameterizations: {
    'w = θ': linear(),
    'w = u² - v²': elementwise({ u: 0.1, v: 0.1 }, ({ u, v }) => u * u - v * v),
    'w = u³ - v³': elementwise(
      { u: 0.3, v: 0.3 },
      ({ u, v }) => u ** 3 - v ** 3,
    ),
  },
  optimizers: {
    GD: gd({ rate: 0.2 }),
    NGD: ngd({ rate: 0.01 }),
  },
  steps: 1000,
  seeds: 4,
  claims: {
    'NGD takes one path, whatever the parameterization': ({ result }) =>
      result.invariance('NGD') < 0.05,
    'GD takes a path of its own in each': ({ result }) =>
      result.invariance('GD') > 0.5,
    'depth helps GD': ({ result }) =>
      result.mean('GD', 'w = u² - v²').test.error <
      0.6 * result.mean('GD', 'w = θ').test.error,
    'depth does not help NGD': ({ result }) =>
      result.mean('NGD', 'w = u² - v²').test.error >
      0.8 * result.mean('NGD', 'w = θ').test.error,
  },
});
