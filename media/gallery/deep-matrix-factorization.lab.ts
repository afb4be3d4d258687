/**
 * Deep matrix factorization: depth finds low rank, natural gradients do not.
 *
 * Some entries of a matrix of rank 2 are observed. Gradient descent over a product
 * of matrices from a small start completes it, better with more factors: the
 * effective rank comes close to that of the truth. Natural gradient descent with
 * the Fisher information of all entries leaves every unobserved entry where it
 * started, at every depth. Look at the spectrum over time in the panel.
 *
 * Increase `scale`: from larger starts gradient descent finds higher ranks. At a
 * fraction of 0.2 no depth is enough.
 *
 * Arora et al., Implicit regularization in deep matrix factorization (2019);
 * Kerekes, Mészáros and Huszár, Depth without the magic (2021).
 */
import {
  type ExperimentResult,
  experiment,
  factorization,
  gd,
  linear,
  matrixCompletion,
  naturalGradientFlow,
  sweep,
} from 'depth-lab';

const depths = ['depth 1', 'depth 2', 'depth 3', 'depth 4'];

const errors = (
  result: ExperimentResult,
  optimizer: string,
  observed: number,
) =>
  depths.map((name) => result.mean(optimizer, name, { observed }).test.error);

experiment(
  'Deep matrix factorization',
  sweep({ observed: [0.5, 0.7] }, ({ observed }) => ({
    problem: matrixCompletion({ rows: 12, columns: 12, rank: 2, observed }),
    parameterizations: {
      'depth 1': linear(),
      'depth 2': factorization({ depth: 2, rank: 18, scale: 0.02 }),
      'depth 3': factorization({ depth: 3, rank: 18, scale: 0.07 }),
      'depth 4': factorization({ depth: 4, rank: 18, scale: 0.12 }),
    },
    optimizers: {
      GD: gd({ rate: 0.5 }),
      NGF: naturalGradientFlow({ until: 2, fisher: 'population', rtol: 1e-5 }),
    },
    steps: 6000,
    seeds: 3,
    claims: {
      'each further factor helps gradient descent': ({ result }) => {
        const [one, two, three, four] = errors(result, 'GD', 0.7);
        return two! < 0.5 * one! && three! < two! && four! < 0.7 * two!;
      },
      'depth 4 finds the rank: an effective rank of 2': ({ result }) => {
        const { norms } = result.mean('GD', 'depth 4', { observed: 0.7 });
        return Math.abs(norms.effectiveRank! - 2) < 0.3;
      },
      'more observed entries help gradient descent': ({ result }) =>
        errors(result, 'GD', 0.7).every(
          (error, i) => i === 0 || error < 0.85 * errors(result, 'GD', 0.5)[i]!,
        ),
      'depth does not help natural gradient flow': ({ result }) => {
        const [one, ...others] = errors(result, 'NGF', observed);
        return others.every((error) => Math.abs(error / one! - 1) < 0.03);
      },
      'which finds a rank far too high': ({ result }) =>
        depths.every(
          (name) =>
            result.mean('NGF', name, { observed }).norms.effectiveRank! > 4,
        ),
    },
  })),
);
