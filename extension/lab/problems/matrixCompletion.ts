import { captureOrigin, DefinitionError } from '../errors.ts';
import { Options } from '../options.ts';
import { RandomStream } from '../random.ts';
import { completionData } from './completion/data.ts';
import { type CompletionFile, type GivenCompletionOptions, givenCompletion, isGiven } from './completion/given.ts';
import type { Problem, ProblemData, RandomCompletionProblem } from './problem.ts';
import { matrixTruth, readRank, readSeed } from './truth.ts';

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
export function matrixCompletion(options: RandomCompletionOptions | GivenCompletionOptions | CompletionFile): Problem {
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

export function drawCompletion(problem: RandomCompletionProblem, seed: number): ProblemData {
  const { rows, columns, rank } = problem;
  const truth = matrixTruth(rows, columns, rank, seed);
  const observed = new RandomStream(seed, 'observed entries').subset(rows * columns, problem.observed);
  const noise = new RandomStream(seed, 'target noise');
  return completionData({ rows, columns, truth, observed }, (x) =>
    problem.noise > 0 ? x + problem.noise * noise.gaussian() : x,
  );
}
