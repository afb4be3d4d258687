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

/** A matrix of low rank, some entries of which are observed. */
export interface RandomCompletionProblem {
  type: 'matrixCompletion';
  seed: number | null;
  rows: number;
  columns: number;
  rank: number;
  /** How many entries are observed. */
  observed: number;
  /** Standard deviation added to the observed entries. */
  noise: number;
}

/** A random truth of the given rank, scaled to entries of root mean square 1. */
export interface RandomCompletionOptions {
  rows: number;
  columns: number;
  rank: number;
  /** How many entries are seen: a number of entries, or a share below 1. */
  observed: number;
  /** Standard deviation added to the seen entries (default 0); the test entries stay clean. */
  noise?: number;
  /** Fixes the data for all runs; without it, each run's seed draws its own. */
  seed?: number;
}

/**
 * Matrix completion with the square loss: training on the observed entries, testing on all others that are known.
 * @throws DefinitionError for an option that is unknown or out of range, a file that is not there or no matrix
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
  const rows = read.count('rows');
  const columns = read.count('columns');
  const rank = readRank(read, 'matrixCompletion', rows, columns);
  const wanted = read.positive('observed');
  const observed = wanted < 1 ? Math.max(1, Math.round(wanted * rows * columns)) : wanted;
  if (!Number.isInteger(observed) || observed > rows * columns) {
    throw new DefinitionError(
      `matrixCompletion: 'observed' must be a share below 1 or a whole number up to ${rows * columns}; it is ${wanted}`,
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
