/**
 * One path under natural gradient flow, four under gradient flow.
 *
 * The same linear classifier, written in four ways. All start at w = 0. With
 * more examples than dimensions (n > d) natural gradient flow moves w along one
 * path, whatever the parameterization and whichever inputs the Fisher
 * information is averaged over; gradient flow has a path of its own for each.
 *
 * Change the functions of u and v: the paths of gradient flow change, that of
 * natural gradient flow stays. With `train: 10` (n < d) only the outputs on
 * the training data stay on one path.
 *
 * Amari, Natural gradient works efficiently in learning (1998); Kerekes,
 * Mészáros and Huszár, Depth without the magic (2021).
 */
import {
  diagonal,
  elementwise,
  experiment,
  gradientFlow,
  linear,
  naturalGradientFlow,
  separable,
} from 'depth-lab';

experiment('Invariance', {
  problem: separable({ dimension: 20, train: 80, sparsity: 3 }),
  parameterizations: {
    'w = θ': linear(),
    'w = u² - v²': elementwise({ u: 0.3, v: 0.3 }, ({ u, v }) => u * u - v * v),
    'w = u³ - v³': diagonal({ depth: 3, scale: 0.5 }),
    'w = sinh u': elementwise({ u: 0 }, ({ u }) => Math.sinh(u)),
  },
  optimizers: {
    GF: gradientFlow({ until: 8 }),
    NGF: naturalGradientFlow({ until: 8 }),
    'NGF (population)': naturalGradientFlow({ until: 8, fisher: 'population' }),
  },
  seeds: 2,
  claims: {
    'natural gradient flow forgets the parameterization': ({ result }) =>
      result.invariance('NGF') < 1e-6,
    'so it does with the Fisher information of the population': ({ result }) =>
      result.invariance('NGF (population)') < 1e-6,
    'gradient flow does not': ({ result }) => result.invariance('GF') > 0.3,
    'gradient flow ends at four different test errors': ({ result }) => {
      const errors = ['w = θ', 'w = sinh u', 'w = u² - v²', 'w = u³ - v³'].map(
        (name) => result.mean('GF', name).test.loss,
      );
      return errors.every(
        (error, i) => i === 0 || error < 0.98 * errors[i - 1]!,
      );
    },
  },
});
