import { captureOrigin } from '../errors.ts';
import { Options } from '../options.ts';
import { gaussianPopulation, linearExamples } from './gaussianInputs.ts';
import type { Problem, ProblemDefinition } from './problem.ts';
import { describeLinearExamples, readSeed, readSparsity, vectorTruth } from './truth.ts';

/** Gaussian inputs, targets by a linear rule. */
export interface RegressionProblem {
  type: 'regression';
  seed: number | null;
  dimension: number;
  train: number;
  test: number;
  /** Entries of ±1 in the truth, the first ones; null for a random unit vector. */
  sparsity: number | null;
  /** Standard deviation added to the training targets. */
  noise: number;
}

export interface RegressionOptions {
  /** Length of the inputs x. */
  dimension: number;
  /** Training examples. */
  train: number;
  /** Test examples (default 1000). */
  test?: number;
  /** The truth w* has ±1 on its first `sparsity` coordinates; without it, w* is a random unit vector. */
  sparsity?: number;
  /** Standard deviation added to the training targets (default 0); test targets stay clean. */
  noise?: number;
  /** Fixes the data for all runs; without it, each run's seed draws its own. */
  seed?: number;
}

/**
 * Linear regression with the square loss: inputs x ~ N(0, I), targets y = w*·x.
 * @throws DefinitionError for an option that is unknown or out of range
 * @example regression({ dimension: 40, train: 30, sparsity: 3, noise: 0.1 })
 */
export function regression(options: RegressionOptions): Problem<RegressionProblem> {
  const read = new Options('regression', options, ['dimension', 'train', 'test', 'sparsity', 'noise', 'seed']);
  const dimension = read.count('dimension');
  return {
    type: 'regression',
    dimension,
    train: read.count('train'),
    test: read.count('test', 1000, 0),
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
