/**
 * Which Fisher information? It decides what natural gradient flow forgets.
 *
 * Matrix completion. With the Fisher information over all entries (population)
 * an unobserved entry never moves, at any depth. With that over the observed
 * entries alone (train) these take the same path, and the others move as the
 * parameterization wants: at depth 2 and 3 to a matrix of lower rank. Damping
 * lets a part of that back in.
 *
 * Set `fisher: 'empirical'` in the first optimizer: the outer products of
 * training gradients are not the Fisher information, and the flow runs away
 * before t = 0.001.
 *
 * Kunstner, Balles and Hennig, Limitations of the empirical Fisher
 * approximation (2019); Kerekes, Mészáros and Huszár (2021).
 */
import {
  experiment,
  factorization,
  linear,
  matrixCompletion,
  naturalGradientFlow,
} from 'depth-lab';

const deep = ['depth 2', 'depth 3'];

experiment('Which Fisher', {
  problem: matrixCompletion({ rows: 10, columns: 10, rank: 1, observed: 0.6 }),
  parameterizations: {
    'depth 1': linear(),
    'depth 2': factorization({ depth: 2, scale: 0.1 }),
    'depth 3': factorization({ depth: 3, scale: 0.2 }),
  },
  optimizers: {
    population: naturalGradientFlow({ until: 6, fisher: 'population' }),
    train: naturalGradientFlow({ until: 6, fisher: 'train' }),
    damped: naturalGradientFlow({
      until: 6,
      fisher: 'population',
      damping: 1e-2,
    }),
  },
  seeds: 3,
  claims: {
    'population: unobserved entries do not move, at any depth': ({ result }) =>
      deep.every(
        (name) => result.distance('population flow', 'population', name) < 1e-4,
      ),
    'population: the test error is that of depth 1': ({ result }) =>
      deep.every((name) => {
        const { error } = result.mean('population', 'depth 1').test;
        return (
          Math.abs(result.mean('population', name).test.error / error - 1) <
          0.03
        );
      }),
    'train: the observed entries take one path nevertheless': ({ result }) =>
      ['depth 1', ...deep].every(
        (name) =>
          Math.abs(
            result.mean('train', name).train.error /
              result.mean('train', 'depth 1').train.error -
              1,
          ) < 0.05,
      ),
    'train: the others move, to a lower effective rank': ({ result }) =>
      deep.every(
        (name) =>
          result.mean('train', name).test.error <
            0.9 * result.mean('train', 'depth 1').test.error &&
          result.mean('train', name).norms.effectiveRank! <
            0.75 * result.mean('train', 'depth 1').norms.effectiveRank!,
      ),
    'damping of 0.01 moves them, too': ({ result }) =>
      deep.every(
        (name) => result.distance('population flow', 'damped', name) > 0.05,
      ),
  },
});
