import { captureOrigin } from '../errors.ts';
import { Options } from '../options.ts';
import { gaussianPopulation, linearExamples } from './gaussianInputs.ts';
import type { Problem, ProblemDefinition } from './problem.ts';
import { matrixTruth, readRank, readSeed } from './truth.ts';

/** A low-rank matrix with Gaussian measurements. */
export interface MatrixSensingProblem {
  type: 'matrixSensing';
  seed: number | null;
  rows: number;
  columns: number;
  rank: number;
  train: number;
  test: number;
  /** Standard deviation of the noise on the training targets. */
  noise: number;
}

export interface MatrixSensingOptions {
  /**
   * Number of rows of the matrix.
   * @example rows: 10
   */
  rows: number;
  /**
   * Number of columns of the matrix.
   * @example columns: 10
   */
  columns: number;
  /**
   * Rank of the ground truth M, whose entries have root mean square 1.
   * @example rank: 1
   */
  rank: number;
  /**
   * Number of training measurements.
   * @example train: 60
   */
  train: number;
  /**
   * Number of test measurements (default 1000).
   * @example test: 2000
   */
  test?: number;
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
 * Matrix sensing with the square loss: measurements y = ⟨A, M⟩ = Σ_ij A_ij M_ij of a matrix M of low rank, with
 * matrices A of independent N(0, 1) entries (Gunasekar et al. 2017). The predictor is a matrix W with f(A) = ⟨A, W⟩.
 * Targets have root mean square √(rows · columns), so that stable learning rates are correspondingly small.
 * @throws DefinitionError for an option that is unknown or out of range
 * @example matrixSensing({ rows: 10, columns: 10, rank: 1, train: 60 })
 */
export function matrixSensing(options: MatrixSensingOptions): Problem<MatrixSensingProblem> {
  const known = ['rows', 'columns', 'rank', 'train', 'test', 'noise', 'seed'];
  const read = new Options('matrixSensing', options, known);
  const rows = read.size('rows');
  const columns = read.size('columns');
  return {
    type: 'matrixSensing',
    rows,
    columns,
    rank: readRank(read, 'matrixSensing', rows, columns),
    train: read.size('train'),
    test: read.size('test', 1000, 0),
    noise: read.nonNegative('noise', 0),
    seed: readSeed(read),
    origin: captureOrigin(matrixSensing),
  };
}

export const matrixSensingProblem: ProblemDefinition<MatrixSensingProblem> = {
  type: 'matrixSensing',
  version: 1,
  inputs: 'rows',
  describe: ({ train, rows, columns, rank }) =>
    `${train} measurements of a ${rows} × ${columns} matrix of rank ${rank}`,
  loss: () => 'square',
  predictorShape: ({ rows, columns }) => [rows, columns],
  exampleCounts: ({ train, test }) => ({ train, test }),
  draw(problem, seed) {
    const { rows, columns, rank } = problem;
    const truth = matrixTruth(rows, columns, rank, seed);
    return { loss: 'square', predictorShape: [rows, columns], ...linearExamples(problem, truth, seed), truth };
  },
  // E[A Aᵀ] = I, A as a vector.
  population: ({ rows, columns }) => gaussianPopulation(rows * columns, { kind: 'scalar', value: 1 }),
};
