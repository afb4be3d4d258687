/**
 * Networks with more parameters than training examples, all with f = 0 at start.
 *
 * Natural gradient flow moves their outputs on the training data along one
 * curve, f(t) - y = (f(0) - y) e^-t, whatever the architecture; gradient flow
 * takes a different path for each. What happens off the training data depends
 * on the architecture: look at the test error.
 *
 * Change widths or activations (any function of one number).
 *
 * Kerekes, Mészáros and Huszár, Depth without the magic (2021).
 */
import {
  experiment,
  gradientFlow,
  naturalGradientFlow,
  network,
  teacher,
} from 'depth-lab';

experiment('Networks on one path', {
  problem: teacher({ dimension: 5, train: 20, test: 1000, widths: [3] }),
  parameterizations: {
    'tanh, one layer': network({ widths: [40], zeroOutput: true }),
    'gelu, two layers': network({
      widths: [30, 30],
      activation: 'gelu',
      zeroOutput: true,
    }),
    'x + sin² x': network({
      widths: [40],
      activation: (x) => x + Math.sin(x) ** 2,
      zeroOutput: true,
    }),
  },
  optimizers: {
    GF: gradientFlow({ until: 50 }),
    NGF: naturalGradientFlow({ until: 8 }),
  },
  seeds: 3,
  claims: {
    'natural gradient flow takes one path on the training data': ({ result }) =>
      result.invariance('NGF') < 1e-4,
    'gradient flow does not': ({ result }) => result.invariance('GF') > 0.1,
    'off the training data the architecture decides': ({ result }) =>
      result.mean('NGF', 'gelu, two layers').test.error >
      1.5 * result.mean('NGF', 'tanh, one layer').test.error,
  },
});
