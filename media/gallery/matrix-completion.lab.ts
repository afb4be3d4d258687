/**
 * A matrix of rank 1 with 60 % of its entries observed.
 *
 * Gradient descent over a product of matrices finds a completion of low rank.
 * Natural gradient descent with the Fisher information over all entries leaves
 * every unobserved entry where it was, at any depth: the effect of depth is
 * lost, and the generalization with it.
 *
 * Click ▶ Run below. Then try another depth, another initialization scale, or
 * `fisher: 'train'`.
 *
 * Arora et al., Implicit regularization in deep matrix factorization (2019);
 * Kerekes, Mészáros and Huszár, Depth without the magic (2021).
 */
import {
  experiment,
  factorization,
  gd,
  linear,
  matrixCompletion,
  ngd,
} from 'depth-lab';

experiment('Matrix completion', {
  problem: matrixCompletion({ rows: 12, columns: 12, rank: 1, observed: 0.6 }),
  parameterizations: {
    'depth 1': linear(),
    'depth 2': factorization({ depth: 2, scale: 0.03 }),
    'depth 3': factorization({ depth: 3, scale: 0.17 }),
  },
  optimizers: {
    GD: gd({ rate: 2 }),
    NGD: ngd({ rate: 0.006, fisher: 'population' }),
  },
  steps: 800,
  seeds: 4,
  claims: {
    'depth helps GD': ({ result }) =>
      result.mean('GD', 'depth 2').test.error <
      0.5 * result.mean('GD', 'depth 1').test.error,
    'depth is lost under NGD': ({ result }) =>
      Math.abs(
        result.mean('NGD', 'depth 3').test.error -
          result.mean('NGD', 'depth 1').test.error,
      ) < 0.05,
    'GD finds low rank': ({ result }) =>
      result.mean('GD', 'depth 2').norms.effectiveRank < 2,
  },
});
