import { captureOrigin, DefinitionError } from '../errors.ts';
import { isArrayLike, Options, show } from '../options.ts';
import { RandomStream } from '../random.ts';
import type { GivenCompletionProblem, Problem, ProblemData, RandomCompletionProblem } from './problem.ts';
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

/** A matrix of the user's own, taken as it is. */
export interface GivenCompletionOptions {
  matrix: number[][];
  /** The seen entries, as [row, column] from 0. */
  observed: [number, number][];
}

/**
 * Matrix completion with the square loss: training on the observed entries, testing on all others.
 * @throws DefinitionError for an option that is unknown or out of range
 */
export function matrixCompletion(options: RandomCompletionOptions | GivenCompletionOptions): Problem {
  const origin = captureOrigin(matrixCompletion);
  if (options && 'matrix' in options) return { ...readGiven(options), seed: null, origin };
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

function readGiven(options: GivenCompletionOptions): GivenCompletionProblem {
  const read = new Options('matrixCompletion', options, ['matrix', 'observed']);
  const { rows, columns, values } = read.matrix('matrix');
  const entries = read.raw('observed');
  if (!isArrayLike(entries) || entries.length === 0) {
    throw new DefinitionError("matrixCompletion: 'observed' must list at least one [row, column]", {
      hint: 'Without an observed entry there is no training example.',
    });
  }
  const seen = new Set<number>();
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i];
    const [row, column] = isArrayLike(entry) && entry.length === 2 ? [entry[0], entry[1]] : [null, null];
    if (!isIndex(row, rows) || !isIndex(column, columns)) {
      throw new DefinitionError(
        `matrixCompletion: observed entry ${i + 1} must be [row, column] within ${rows} × ${columns}, from 0; it is ${show(entry)}`,
      );
    }
    seen.add(row * columns + column);
  }
  return { type: 'givenCompletion', rows, columns, matrix: values, observed: Int32Array.from(seen).sort() };
}

function isIndex(value: unknown, end: number): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) < end;
}

export function drawCompletion(problem: RandomCompletionProblem, seed: number): ProblemData {
  const { rows, columns, rank } = problem;
  const truth = matrixTruth(rows, columns, rank, seed);
  const observed = new RandomStream(seed, 'observed entries').subset(rows * columns, problem.observed);
  const noise = new RandomStream(seed, 'target noise');
  return completionData(rows, columns, truth, observed, (x) =>
    problem.noise > 0 ? x + problem.noise * noise.gaussian() : x,
  );
}

export function givenCompletion(problem: GivenCompletionProblem): ProblemData {
  return completionData(problem.rows, problem.columns, problem.matrix, problem.observed, (x) => x);
}

function completionData(
  rows: number,
  columns: number,
  truth: Float64Array,
  observed: Int32Array,
  disturb: (target: number) => number,
): ProblemData {
  const seen = new Set(observed);
  const hidden = Int32Array.from({ length: truth.length }, (_, i) => i).filter((i) => !seen.has(i));
  return {
    loss: 'square',
    predictorShape: [rows, columns],
    train: { kind: 'entries', count: observed.length, indices: observed },
    trainTargets: Float64Array.from(observed, (i) => disturb(truth[i])),
    test: hidden.length > 0 ? { kind: 'entries', count: hidden.length, indices: hidden } : null,
    testTargets: hidden.length > 0 ? Float64Array.from(hidden, (i) => truth[i]) : null,
    truth,
  };
}
