/**
 * Deep matrix factorization: depth finds low rank, natural gradients do not.
 *
 * Some entries of a matrix of rank 2 are observed. Gradient descent over a product
 * of matrices from a small start completes it, better with more factors: the
 * effective rank comes close to that of the truth. Natural gradient descent with
 * the Fisher information of all entries leaves every unobserved entry where it
 * started, at every depth. Look at the spectrum over time in the panel.
 *
 * Increase `scale`: from larger starts gradient descent finds higher ranks. With
 * 30 entries no depth is enough. `depth-lab check --full` runs the published size,
 * 100 × 100: a minute for gradient descent, six for natural gradient flow.
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
  data: 'few' | 'many',
) => depths.map((name) => result.mean(optimizer, name, { data }).test.error);

const products = ['depth 1', 'depth 2', 'depth 3'];

/** The published start: a standard deviation of s^(1/L) / sqrt(n), s = 0.001. */
const start = (depth: number) => 0.001 ** (1 / depth) / Math.sqrt(100);

/** Published are mean squares over all entries; the 2,000 observed are fitted. */
const overAll = (error: number) => 0.8 * error ** 2;

experiment(
  'Deep matrix factorization',
  sweep({ data: ['few', 'many'] }, ({ data }) => ({
    problem: matrixCompletion({
      rows: 12,
      columns: 12,
      rank: 2,
      observed: data === 'few' ? 72 : 101,
    }),
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
        const [one, two, three, four] = errors(result, 'GD', 'many');
        return two! < 0.5 * one! && three! < two! && four! < 0.7 * two!;
      },
      'depth 4 finds the rank: an effective rank of 2': ({ result }) => {
        const { norms } = result.mean('GD', 'depth 4', { data: 'many' });
        return Math.abs(norms.effectiveRank! - 2) < 0.3;
      },
      'more observed entries help gradient descent': ({ result }) =>
        errors(result, 'GD', 'many').every(
          (error, i) =>
            i === 0 || error < 0.85 * errors(result, 'GD', 'few')[i]!,
        ),
      'depth does not help natural gradient flow': ({ result }) => {
        const [one, ...others] = errors(result, 'NGF', data);
        return others.every((error) => Math.abs(error / one! - 1) < 0.03);
      },
      'which finds a rank far too high': ({ result }) =>
        depths.every(
          (name) => result.mean('NGF', name, { data }).norms.effectiveRank! > 4,
        ),
    },
    full: {
      problem: matrixCompletion({
        rows: 100,
        columns: 100,
        rank: 5,
        observed: data === 'few' ? 2000 : 5000,
      }),
      parameterizations: {
        'depth 1': linear(),
        'depth 2': factorization({ depth: 2, scale: start(2) }),
        'depth 3': factorization({ depth: 3, scale: start(3) }),
        'depth 4': factorization({ depth: 4, scale: start(4) }),
      },
      optimizers: { GD: gd({ rate: 8 }) },
      steps: 8000,
      seeds: 1,
      timeLimit: 1200,
      claims: {
        'at most the published test errors: 0.8195, 0.0988, 0.00167': ({
          result,
        }) => {
          const [one, two, three] = errors(result, 'GD', 'few').map(overAll);
          return one! < 0.8195 && two! < 0.0988 && three! < 0.00167;
        },
        'depth 1 learns nothing of the others': ({ result }) =>
          errors(result, 'GD', 'few')[0]! > 0.95,
        'depth 3 and 4 find the rank, 5, from 2,000 entries': ({ result }) =>
          ['depth 3', 'depth 4'].every((name) => {
            const { norms } = result.mean('GD', name, { data: 'few' });
            return Math.abs(norms.effectiveRank! - 5) < 0.2;
          }),
        'with 5,000 entries depth 2 does, too': ({ result }) =>
          errors(result, 'GD', 'many')[1]! < 0.01,
      },
    },
  })),
);

experiment('Natural gradients of deep products', {
  problem: matrixCompletion({ rows: 12, columns: 12, rank: 2, observed: 72 }),
  parameterizations: {
    'depth 1': linear(),
    'depth 2': factorization({ depth: 2, rank: 24, scale: 0.1 }),
    'depth 3': factorization({ depth: 3, rank: 24, scale: 0.1 }),
  },
  optimizers: {
    NGF: naturalGradientFlow({ until: 2, fisher: 'population' }),
  },
  seeds: 2,
  claims: {
    'the observed entries are fitted': ({ result }) =>
      products.every((name) => result.mean('NGF', name).train.error < 0.05),
    'the others stay: a test error of about 1 at every depth': ({ result }) =>
      products.every(
        (name) => Math.abs(result.mean('NGF', name).test.error - 1) < 0.2,
      ),
    'the rank is far too high': ({ result }) =>
      products.every(
        (name) => result.mean('NGF', name).norms.effectiveRank! > 5,
      ),
  },
  full: {
    problem: matrixCompletion({
      rows: 100,
      columns: 100,
      rank: 5,
      observed: 2000,
    }),
    // Wider than the matrix, and not from a tiny start: well conditioned.
    parameterizations: {
      'depth 1': linear(),
      'depth 2': factorization({ depth: 2, rank: 200, scale: 0.1 }),
      'depth 3': factorization({ depth: 3, rank: 200, scale: 0.1 }),
    },
    optimizers: {
      NGF: naturalGradientFlow({
        until: 1,
        fisher: 'population',
        rtol: 1e-3,
        atol: 1e-5,
        tolerance: 1e-7,
      }),
    },
    seeds: 1,
    timeLimit: 3600,
  },
});
