import { captureOrigin, DefinitionError } from '../errors.ts';
import { norm } from '../linearAlgebra/vectors.ts';
import { Options } from '../options.ts';
import { RandomStream } from '../random.ts';
import type { InputRows, Problem, ProblemData, ProblemDefinition } from './problem.ts';
import { describeLinearExamples, readSeed, readSparsity, vectorTruth } from './truth.ts';

/** Gaussian inputs with linearly separable labels. */
export interface SeparableProblem {
  type: 'separable';
  seed: number | null;
  dimension: number;
  train: number;
  test: number;
  /** Number of ±1 entries in the ground truth, which come first; null for a random unit vector. */
  sparsity: number | null;
  /** Minimum of |w*·x| / ‖w*‖ over the examples. */
  margin: number;
  /** Probability that a training label is flipped. */
  noise: number;
}

export interface SeparableOptions {
  /**
   * Dimension of the inputs x.
   * @example dimension: 20
   */
  dimension: number;
  /**
   * Number of training examples.
   * @example train: 10
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
   * Minimum distance |w*·x| / ‖w*‖ of the examples from the decision boundary (default 0).
   * @example margin: 0.1
   */
  margin?: number;
  /**
   * Probability that a training label is flipped (default 0); test labels are noise-free.
   * @example noise: 0.05
   */
  noise?: number;
  /**
   * Seed of the data, shared by all runs; by default each run uses its own seed.
   * @example seed: 1
   */
  seed?: number;
}

/**
 * Separable classification with the logistic loss: inputs x ~ N(0, I), labels sign(w*·x).
 * @throws DefinitionError for an option that is unknown or out of range
 * @example separable({ dimension: 100, train: 80, sparsity: 3 })
 */
export function separable(options: SeparableOptions): Problem<SeparableProblem> {
  const read = new Options('separable', options, ['dimension', 'train', 'test', 'sparsity', 'margin', 'noise', 'seed']);
  const dimension = read.size('dimension');
  const sparsity = readSparsity(read, 'separable', dimension);
  const noise = read.nonNegative('noise', 0);
  if (noise >= 1)
    throw new DefinitionError(`separable: 'noise' is a flip probability and must be below 1; it is ${noise}`);
  const margin = read.nonNegative('margin', 0);
  if (margin > 4) {
    throw new DefinitionError(
      `separable: 'margin' is ${margin}, but Gaussian inputs are rarely further than 4 from the boundary`,
    );
  }
  return {
    type: 'separable',
    dimension,
    train: read.size('train'),
    test: read.size('test', 1000, 0),
    sparsity,
    margin,
    noise,
    seed: readSeed(read),
    origin: captureOrigin(separable),
  };
}

export const separableProblem: ProblemDefinition<SeparableProblem> = {
  type: 'separable',
  version: 1,
  inputs: 'rows',
  describe: describeLinearExamples,
  loss: () => 'logistic',
  predictorShape: ({ dimension }) => [dimension],
  exampleCounts: ({ train, test }) => ({ train, test }),
  draw,
  population: (problem) => ({
    // Inputs too close to the boundary are rejected, so that the distribution is not Gaussian if there is a margin.
    curvature: problem.margin === 0 ? { kind: 'gaussian' } : { kind: 'inputs' },
    inputs: (count, seed) => {
      const truth = vectorTruth(problem.dimension, problem.sparsity, seed);
      return drawExamples(problem, truth, count, new RandomStream(seed, 'fisher inputs')).inputs;
    },
  }),
};

function draw(problem: SeparableProblem, seed: number): ProblemData {
  const truth = vectorTruth(problem.dimension, problem.sparsity, seed);
  const examples = (count: number, purpose: string) =>
    drawExamples(problem, truth, count, new RandomStream(seed, purpose));
  const train = examples(problem.train, 'train inputs');
  const flips = new RandomStream(seed, 'label noise');
  const trainTargets = train.labels.map((label) =>
    problem.noise > 0 && flips.uniform() < problem.noise ? -label : label,
  );
  const test = problem.test > 0 ? examples(problem.test, 'test inputs') : null;
  return {
    loss: 'logistic',
    predictorShape: [problem.dimension],
    train: train.inputs,
    trainTargets,
    test: test?.inputs ?? null,
    testTargets: test?.labels ?? null,
    truth,
  };
}

function drawExamples(
  { dimension, margin }: SeparableProblem,
  truth: Float64Array,
  count: number,
  stream: RandomStream,
): { inputs: InputRows; labels: Float64Array } {
  const least = margin * norm(truth);
  const values = new Float64Array(count * dimension);
  const labels = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let score: number;
    do {
      score = 0;
      for (let j = 0; j < dimension; j++) {
        const x = stream.gaussian();
        values[i * dimension + j] = x;
        score += truth[j] * x;
      }
    } while (score === 0 || Math.abs(score) < least);
    labels[i] = Math.sign(score);
  }
  return { inputs: { kind: 'rows', count, dimension, values }, labels };
}
