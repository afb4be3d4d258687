/**
 * The kernel and the rich regime, and what the Fisher information sees.
 *
 * Under gradient flow u² - v² from u = v = scale finds, of all predictors that
 * fit, the one of least hyperbolic entropy: nearly the least L1 norm from a
 * small start (rich: it finds the two coordinates that matter), the least L2
 * norm from a large one (kernel). With the Fisher information of the training
 * inputs and fewer examples than dimensions, natural gradient flow finds the
 * same predictor: it moves the outputs along one path, and what they leave open
 * is up to the parameterization. With that of the population nothing is left
 * open: the least L2 norm from every start.
 *
 * Change `sparsity` to 40: the rich regime no longer helps. Or take
 * `diagonal({ depth: 3, scale })`: other entropy, richer still.
 *
 * Woodworth et al., Kernel and rich regimes in overparametrized models (2020).
 */
import {
  diagonal,
  experiment,
  gradientFlow,
  linear,
  naturalGradientFlow,
  regression,
  sweep,
} from 'depth-lab';

const rich = { scale: 0.01 };
const kernel = { scale: 10 };

experiment(
  'Kernel and rich',
  sweep({ scale: [0.01, 0.1, 1, 10] }, ({ scale }) => ({
    problem: regression({ dimension: 40, train: 20, sparsity: 2 }),
    parameterizations: {
      'w = θ': linear(),
      'w = u² - v²': diagonal({ scale }),
    },
    optimizers: {
      GF: gradientFlow({ until: 1e4 }),
      'NGF (train)': naturalGradientFlow({ until: 20 }),
      'NGF (population)': naturalGradientFlow({
        until: 100,
        fisher: 'population',
      }),
    },
    seeds: 4,
    claims: {
      'gradient flow ends at the least hyperbolic entropy': ({ result }) =>
        result.distance('least hyperbolic entropy', 'GF', 'w = u² - v²', {
          scale,
        }) < 1e-3,
      'and so does natural gradient flow with the train Fisher': ({ result }) =>
        result.distance(
          'least hyperbolic entropy',
          'NGF (train)',
          'w = u² - v²',
          { scale },
        ) < 1e-3,
      'small scale: the least L1 norm, and the test error is small': ({
        result,
      }) =>
        ['GF', 'NGF (train)'].every(
          (flow) =>
            result.distance('least-L1 fit', flow, 'w = u² - v²', rich) < 0.1 &&
            result.mean(flow, 'w = u² - v²', rich).test.error <
              0.2 * result.mean(flow, 'w = θ', rich).test.error,
        ),
      'large scale: the least L2 norm, and the test error is that of w = θ': ({
        result,
      }) =>
        ['GF', 'NGF (train)'].every(
          (flow) =>
            result.distance('minimum-norm fit', flow, 'w = u² - v²', kernel) <
            0.01,
        ),
      'the population Fisher has the least L2 norm for every scale': ({
        result,
      }) =>
        result.distance('minimum-norm fit', 'NGF (population)', 'w = u² - v²', {
          scale,
        }) < 0.01,
    },
  })),
);
