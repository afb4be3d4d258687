import { captureOrigin, DefinitionError } from '../errors.ts';
import { Options } from '../options.ts';
import { RandomStream } from '../random.ts';
import { completionData, entriesPopulation } from './completion/data.ts';
import {
  type CompletionFile,
  type GivenCompletionOptions,
  type GivenCompletionProblem,
  givenCompletion,
  isGiven,
} from './completion/given.ts';
import type { Problem, ProblemDefinition } from './problem.ts';
import { matrixTruth, readRank, readSeed } from './truth.ts';

/** A random low-rank matrix with some observed entries. */
export interface RandomCompletionProblem {
  type: 'matrixCompletion';
  seed: number | null;
  rows: number;
  columns: number;
  rank: number;
  /** Number of observed entries. */
  observed: number;
  /** Standard deviation added to the observed entries. */
  noise: number;
}

/** A random ground truth of the given rank, scaled to root mean square entries of 1. */
export interface RandomCompletionOptions {
  /**
   * Number of rows of the matrix.
   * @example rows: 20
   */
  rows: number;
  /**
   * Number of columns of the matrix.
   * @example columns: 20
   */
  columns: number;
  /**
   * Rank of the ground truth, whose entries have root mean square 1.
   * @example rank: 2
   */
  rank: number;
  /**
   * How many entries are observed: a number, or a fraction below 1.
   * @example observed: 0.4
   */
  observed: number;
  /**
   * Standard deviation of the noise on the observed entries (default 0); test entries are noise-free.
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
 * Matrix completion with the square loss: observed entries are training examples, all other known entries are test
 * examples.
 * @throws DefinitionError for an option that is unknown or out of range, and for a file that is missing or not a matrix
 * @example matrixCompletion({ rows: 20, columns: 20, rank: 2, observed: 0.4 })
 * @example matrixCompletion({ matrix: [[1, NaN], [2, 4]] })
 * @example matrixCompletion({ csv: 'ratings.csv', observed: 0.8 })
 */
export function matrixCompletion(
  options: RandomCompletionOptions | GivenCompletionOptions | CompletionFile,
): Problem<RandomCompletionProblem> | Problem<GivenCompletionProblem> {
  const origin = captureOrigin(matrixCompletion);
  if (isGiven(options)) return { ...givenCompletion(options, origin), origin };
  const read = new Options('matrixCompletion', options, ['rows', 'columns', 'rank', 'observed', 'noise', 'seed']);
  const rows = read.size('rows');
  const columns = read.size('columns');
  const rank = readRank(read, 'matrixCompletion', rows, columns);
  const wanted = read.positive('observed');
  const observed = wanted < 1 ? Math.max(1, Math.round(wanted * rows * columns)) : wanted;
  if (!Number.isInteger(observed) || observed > rows * columns) {
    throw new DefinitionError(
      `matrixCompletion: 'observed' must be a fraction below 1 or a whole number up to ${rows * columns}; it is ${wanted}`,
    );
  }
  const seed = readSeed(read);
  return { type: 'matrixCompletion', rows, columns, rank, observed, noise: read.nonNegative('noise', 0), seed, origin };
}

export const randomCompletionProblem: ProblemDefinition<RandomCompletionProblem> = {
  type: 'matrixCompletion',
  version: 1,
  inputs: 'entries',
  describe: ({ rows, columns, rank, observed }) =>
    `${observed} of ${rows * columns} entries of a ${rows} × ${columns} matrix of rank ${rank}`,
  loss: () => 'square',
  predictorShape: ({ rows, columns }) => [rows, columns],
  exampleCounts: ({ rows, columns, observed }) => ({ train: observed, test: rows * columns - observed }),
  draw(problem, seed) {
    const { rows, columns, rank } = problem;
    const truth = matrixTruth(rows, columns, rank, seed);
    const observed = new RandomStream(seed, 'observed entries').subset(rows * columns, problem.observed);
    const noise = new RandomStream(seed, 'target noise');
    return completionData({ rows, columns, truth, observed }, (x) =>
      problem.noise > 0 ? x + problem.noise * noise.gaussian() : x,
    );
  },
  population: entriesPopulation,
};
