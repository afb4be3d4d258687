/** Completion of the user's own matrix, given in the lab file or in a data file. */
import { DefinitionError, type Origin } from '../../errors.ts';
import { isArrayLike, isRecord, Options, show } from '../../options.ts';
import { RandomStream } from '../../random.ts';
import type { TableFormat } from '../dataset/tableFormat.ts';
import { tableFormatOptions } from '../dataset/tableFormat.ts';
import type { ProblemDefinition } from '../problem.ts';
import { readSeed } from '../truth.ts';
import { completionData, entriesPopulation } from './data.ts';
import { type GivenMatrix, matrixFromCsv, matrixFromNpy, matrixFromNpz, matrixFromRows } from './matrix.ts';

/** A given matrix with given observed entries. */
export interface GivenCompletionProblem {
  type: 'givenCompletion';
  seed: number | null;
  rows: number;
  columns: number;
  /** NaN for unknown entries, which are used neither for training nor for testing. */
  matrix: Float64Array;
  /** Row-major positions, ascending; or the number of known entries that are drawn at random. */
  observed: Int32Array | number;
  /** Number of known entries. */
  known: number;
}

interface ObservedOptions {
  /**
   * The observed entries as zero-based [row, column] pairs; or how many of the known entries are observed, as a number
   * or a fraction below 1, drawn at random. By default all known entries are observed, and there are no test data.
   * @example observed: 0.5
   */
  observed?: [number, number][] | number;
  /**
   * Seed of the observed entries, shared by all runs; by default each run uses its own seed.
   * @example seed: 1
   */
  seed?: number;
}

/** The user's own matrix. */
export interface GivenCompletionOptions extends ObservedOptions {
  /**
   * Rows of numbers; NaN for unknown entries, which are used neither for training nor for testing.
   * @example matrix: [[1, NaN], [2, 4]]
   */
  matrix: number[][];
}

/** A matrix in a file; paths are relative to the lab file. */
export type CompletionFile = ObservedOptions &
  (
    | ({
        /**
         * A table; empty cells, NaN, NA and ? are unknown entries.
         * @example csv: 'ratings.csv'
         */
        csv: string;
        /**
         * Whether the first row is a header (default false).
         * @example header: true
         */
        header?: boolean;
      } & TableFormat)
    | {
        /**
         * A NumPy file with a matrix; NaN entries are unknown.
         * @example npy: 'ratings.npy'
         */
        npy: string;
      }
    | {
        /**
         * A NumPy archive.
         * @example npz: 'data.npz'
         */
        npz: string;
        /**
         * The name of the matrix in the archive.
         * @example array: 'ratings'
         */
        array: string;
      }
  );

/** Whether the options give a matrix instead of describing a random one. */
export function isGiven(options: unknown): boolean {
  return isRecord(options) && ['matrix', 'csv', 'npy', 'npz'].some((option) => option in options);
}

export function givenCompletion(options: unknown, origin: Origin): GivenCompletionProblem {
  const [source] = isRecord(options) ? ['matrix', 'csv', 'npy', 'npz'].filter((option) => option in options) : [];
  const own = { csv: ['header', ...tableFormatOptions], npz: ['array'] }[source] ?? [];
  const read = new Options('matrixCompletion', options, [source, ...own, 'observed', 'seed']);
  const given = sources[source](read, origin);
  const known = given.values.reduce((count, entry) => count + (Number.isNaN(entry) ? 0 : 1), 0);
  const { rows, columns, values: matrix } = given;
  if (known === 0) throw new DefinitionError('matrixCompletion: the matrix has no known entries');
  const observed = readObserved(read.raw('observed'), given, known);
  return { type: 'givenCompletion', rows, columns, matrix, observed, known, seed: readSeed(read) };
}

const sources: Record<string, (read: Options, origin: Origin) => GivenMatrix> = {
  matrix: (read) => matrixFromRows(read.raw('matrix')),
  csv: matrixFromCsv,
  npy: matrixFromNpy,
  npz: matrixFromNpz,
};

function readObserved(value: unknown, given: GivenMatrix, known: number): Int32Array | number {
  const { rows, columns, values, nameOf } = given;
  if (value === undefined) {
    return knownPositions(values, known);
  }
  if (typeof value === 'number') return readCount(value, known);
  if (!isArrayLike(value) || value.length === 0) {
    throw new DefinitionError("matrixCompletion: 'observed' must list at least one [row, column]", {
      hint: 'Without observed entries there are no training examples.',
    });
  }
  const seen = new Set<number>();
  for (let i = 0; i < value.length; i++) {
    const entry = value[i];
    const [row, column] = isArrayLike(entry) && entry.length === 2 ? [entry[0], entry[1]] : [null, null];
    if (!isIndex(row, rows) || !isIndex(column, columns)) {
      throw new DefinitionError(
        `matrixCompletion: observed entry ${i + 1} must be [row, column] within ${rows} × ${columns}, from 0; it is ${show(entry)}`,
      );
    }
    const position = row * columns + column;
    if (Number.isNaN(values[position])) {
      throw new DefinitionError(
        `matrixCompletion: observed entry ${i + 1} is ${show(entry)}, and ${nameOf(position)} is not known`,
      );
    }
    seen.add(position);
  }
  return Int32Array.from(seen).sort();
}

function readCount(wanted: number, known: number): number {
  const observed = wanted < 1 ? Math.max(1, Math.round(wanted * known)) : wanted;
  if (wanted > 0 && Number.isInteger(observed) && observed <= known) return observed;
  throw new DefinitionError(
    `matrixCompletion: 'observed' must be a fraction below 1 or a whole number up to the ${known} known entries; it is ${wanted}`,
  );
}

function isIndex(value: unknown, end: number): value is number {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) < end;
}

export const givenCompletionProblem: ProblemDefinition<GivenCompletionProblem> = {
  type: 'givenCompletion',
  version: 1,
  inputs: 'entries',
  describe(problem) {
    const { rows, columns, matrix, known } = problem;
    const unknown = known < matrix.length ? 'known ' : '';
    return `${observedCount(problem)} of ${known} ${unknown}entries of a given ${rows} × ${columns} matrix`;
  },
  loss: () => 'square',
  predictorShape: ({ rows, columns }) => [rows, columns],
  exampleCounts(problem) {
    const train = observedCount(problem);
    return { train, test: problem.known - train };
  },
  draw({ rows, columns, matrix, observed, known }, seed) {
    const positions = knownPositions(matrix, known);
    const seen =
      typeof observed === 'number'
        ? new RandomStream(seed, 'observed entries').subset(known, observed).map((i) => positions[i])
        : observed;
    return completionData({ rows, columns, truth: matrix, known: positions, observed: seen });
  },
  population: entriesPopulation,
};

/** Ascending. */
function knownPositions(matrix: Float64Array, known: number): Int32Array {
  const positions = new Int32Array(known);
  for (let i = 0, at = 0; i < matrix.length; i++) if (!Number.isNaN(matrix[i])) positions[at++] = i;
  return positions;
}

function observedCount({ observed }: GivenCompletionProblem): number {
  return typeof observed === 'number' ? observed : observed.length;
}
