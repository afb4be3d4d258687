/**
 * With more examples than dimensions, natural gradient flow is Newton flow.
 *
 * If n > d and the data are separable, natural gradient flow follows one curve
 * for all parameterizations. Its direction tends to the solution of a linear
 * program that depends on the start: neither the max margin nor least squares.
 * It gets there like 1/t, while gradient flow needs 1/log t for its own limit.
 *
 * Start `linear` elsewhere (`init: 1`): its limit changes, while that of
 * gradient flow stays the max L2 margin.
 *
 * Kerekes, Mészáros and Huszár, Depth without the magic (2021); Soudry et al.,
 * The implicit bias of gradient descent on separable data (2018).
 */
import {
  diagonal,
  experiment,
  gradientFlow,
  linear,
  naturalGradientFlow,
  separable,
} from 'depth-lab';

const names = ['w = θ', 'w = u² - v²', 'w = u³ - v³'];

experiment('Newton flow', {
  problem: separable({ dimension: 20, train: 40, test: 2000, sparsity: 3 }),
  parameterizations: {
    'w = θ': linear(),
    'w = u² - v²': diagonal({ depth: 2, scale: 0.1 }),
    'w = u³ - v³': diagonal({ depth: 3, scale: 0.3 }),
  },
  optimizers: {
    GF: gradientFlow({ until: 1e8 }),
    'NGF to t = 400': naturalGradientFlow({ until: 400 }),
    'NGF to t = 1600': naturalGradientFlow({ until: 1600 }),
  },
  seeds: 4,
  claims: {
    'natural gradient flow takes one path': ({ result }) =>
      result.invariance('NGF to t = 1600') < 1e-5,
    'gradient flow takes three': ({ result }) => result.invariance('GF') > 0.3,
    'every depth tends to the linear program': ({ result }) =>
      names.every(
        (name) =>
          result.angle('natural flow limit', 'NGF to t = 1600', name) <
          0.3 * result.angle('max L2 margin', 'NGF to t = 1600', name),
      ),
    'the angle to it falls like 1 / t': ({ result }) => {
      const [early, late] = ['NGF to t = 400', 'NGF to t = 1600'].map((flow) =>
        result.angle('natural flow limit', flow, 'w = θ'),
      );
      return Math.abs(late! / early! - 1 / 4) < 0.03;
    },
    'gradient flow tends to the max L2 margin': ({ result }) =>
      result.angle('max L2 margin', 'GF', 'w = θ') <
      0.5 * result.angle('max L2 margin', 'NGF to t = 1600', 'w = θ'),
  },
});
