import { captureOrigin } from '../errors.ts';
import { Options } from '../options.ts';
import { gaussianPopulation, linearExamples } from './gaussianInputs.ts';
import type { Problem, ProblemDefinition } from './problem.ts';
import { describeLinearExamples, readSeed, readSparsity, vectorTruth } from './truth.ts';

/** Gaussian inputs with linear targets. */
export interface RegressionProblem {
  type: 'regression';
  seed: number | null;
  dimension: number;
  train: number;
  test: number;
  /** Number of ±1 entries in the ground truth, which come first; null for a random unit vector. */
  sparsity: number | null;
  /** Standard deviation of the noise on the training targets. */
  noise: number;
}

export interface RegressionOptions {
  /**
   * Dimension of the inputs x.
   * @example dimension: 40
   */
  dimension: number;
  /**
   * Number of training examples.
   * @example train: 30
   */
  train: number;
  /**
   * Number of test examples (default 1000).
   * @example test: 2000
   */
  test?: number;
  /**
   * The ground truth w* is ±1 on its first `sparsity` coordinates and 0 elsewhere; by default it is a random unit
   * vector.
   * @example sparsity: 3
   */
  sparsity?: number;
  /**
   * Standard deviation of the noise on the training targets (default 0); test targets are noise-free.
   * @example noise: 0.1
   */
  noise?: number;
  /**
   * Seed of the data, shared by all runs; by default each run uses its own seed.
   * @example seed: 1
   */
  seed?: number;
}

/**
 * Linear regression with the square loss: inputs x ~ N(0, I), targets y = w*·x.
 * @throws DefinitionError for an option that is unknown or out of range
 * @example regression({ dimension: 40, train: 30, sparsity: 3, noise: 0.1 })
 */
export function regression(options: RegressionOptions): Problem<RegressionProblem> {
  const read = new Options('regression', options, ['dimension', 'train', 'test', 'sparsity', 'noise', 'seed']);
  const dimension = read.size('dimension');
  return {
    type: 'regression',
    dimension,
    train: read.size('train'),
    test: read.size('test', 1000, 0),
    sparsity: readSparsity(read, 'regression', dimension),
    noise: read.nonNegative('noise', 0),
    seed: readSeed(read),
    origin: captureOrigin(regression),
  };
}

export const regressionProblem: ProblemDefinition<RegressionProblem> = {
  type: 'regression',
  version: 1,
  inputs: 'rows',
  describe: describeLinearExamples,
  loss: () => 'square',
  predictorShape: ({ dimension }) => [dimension],
  exampleCounts: ({ train, test }) => ({ train, test }),
  draw(problem, seed) {
    const truth = vectorTruth(problem.dimension, problem.sparsity, seed);
    return {
      loss: 'square',
      predictorShape: [problem.dimension],
      ...linearExamples(problem, truth, seed),
      truth,
    };
  },
  // E[x xᵀ] = I.
  population: ({ dimension }) => gaussianPopulation(dimension, { kind: 'scalar', value: 1 }),
};
