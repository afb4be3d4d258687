/** What a learning problem is: where its data come from, and how a predictor meets them. */
import type { Origin } from '../errors.ts';
import type { ActivationName } from '../network/activations.ts';

export type Loss = 'logistic' | 'square';

/** Gaussian inputs, labels by a linear rule. */
export interface SeparableProblem {
  type: 'separable';
  dimension: number;
  train: number;
  test: number;
  /** Entries of ±1 in the truth, the first ones; null for a random unit vector. */
  sparsity: number | null;
  /** Least |w*·x| / ‖w*‖ of any example. */
  margin: number;
  /** Probability that a training label is flipped. */
  noise: number;
}

/** Gaussian inputs, targets by a linear rule. */
export interface RegressionProblem {
  type: 'regression';
  dimension: number;
  train: number;
  test: number;
  /** Entries of ±1 in the truth, the first ones; null for a random unit vector. */
  sparsity: number | null;
  /** Standard deviation added to the training targets. */
  noise: number;
}

/** Gaussian inputs, labels from a random network. */
export interface TeacherProblem {
  type: 'teacher';
  dimension: number;
  train: number;
  test: number;
  /** Of the hidden layers. */
  widths: number[];
  activation: ActivationName;
  loss: Loss;
  /** Standard deviation added to the training targets, or probability that a training label is flipped. */
  noise: number;
}

/** A matrix of low rank, measured by Gaussian matrices. */
export interface MatrixSensingProblem {
  type: 'matrixSensing';
  rows: number;
  columns: number;
  rank: number;
  train: number;
  test: number;
  /** Standard deviation added to the training targets. */
  noise: number;
}

/** A matrix of low rank, some entries of which are seen. */
export interface RandomCompletionProblem {
  type: 'matrixCompletion';
  rows: number;
  columns: number;
  rank: number;
  /** How many entries are seen. */
  observed: number;
  /** Standard deviation added to the seen entries. */
  noise: number;
}

/** A given matrix with given seen entries. */
export interface GivenCompletionProblem {
  type: 'givenCompletion';
  rows: number;
  columns: number;
  /** NaN where an entry is not known: it is neither trained nor tested on. */
  matrix: Float64Array;
  /** Row-major positions, ascending; or how many of the known entries the seed draws. */
  observed: Int32Array | number;
  /** Entries that are known. */
  known: number;
}

/** The user's own data. */
export interface DatasetProblem {
  type: 'dataset';
  loss: Loss;
  dimension: number;
  /** Row-major [count, dimension]. */
  trainInputs: Float64Array;
  trainLabels: Float64Array;
  testInputs: Float64Array | null;
  testLabels: Float64Array | null;
  /** Which label is which sign, where that is not said by the labels themselves: for the description. */
  labelled: string | null;
  /** So many of the training examples train, drawn by the seed, and the others test; null where nothing is split. */
  split: number | null;
  /** Columns are shifted and scaled to mean 0 and standard deviation 1 over the training examples. */
  standardize: boolean;
}

/** A problem as the user wrote it. Plain data, apart from the place where it was written. */
export type Problem = (
  | SeparableProblem
  | RegressionProblem
  | TeacherProblem
  | MatrixSensingProblem
  | RandomCompletionProblem
  | GivenCompletionProblem
  | DatasetProblem
) & {
  /** Fixes the data for all runs; null lets the run's seed choose them. */
  seed: number | null;
  origin: Origin;
};

/** Inputs as the predictor meets them: f = X·w for rows, f = W[indices] for entries. */
export type Inputs =
  | { kind: 'rows'; count: number; dimension: number; values: Float64Array }
  | { kind: 'entries'; count: number; indices: Int32Array };

/** A problem's data for one seed. */
export interface ProblemData {
  loss: Loss;
  /** `[d]` or `[rows, columns]`. */
  predictorShape: number[];
  train: Inputs;
  /** ±1 for the logistic loss. */
  trainTargets: Float64Array;
  test: Inputs | null;
  testTargets: Float64Array | null;
  /** The predictor behind the data, where there is one. */
  truth: Float64Array | null;
}

/** The shape of the predictor, known before any data are drawn. */
export function predictorShapeOf(problem: Problem): number[] {
  switch (problem.type) {
    case 'separable':
    case 'regression':
    case 'teacher':
    case 'dataset':
      return [problem.dimension];
    case 'matrixSensing':
    case 'matrixCompletion':
    case 'givenCompletion':
      return [problem.rows, problem.columns];
  }
}

/** Whether inputs are rows of numbers, or positions in the predictor. */
export function inputKindOf(problem: Problem): Inputs['kind'] {
  return problem.type === 'matrixCompletion' || problem.type === 'givenCompletion' ? 'entries' : 'rows';
}

export function lossOf(problem: Problem): Loss {
  switch (problem.type) {
    case 'separable':
      return 'logistic';
    case 'teacher':
    case 'dataset':
      return problem.loss;
    default:
      return 'square';
  }
}

/** Training and test examples of a problem. */
export function exampleCounts(problem: Problem): { train: number; test: number } {
  switch (problem.type) {
    case 'separable':
    case 'regression':
    case 'teacher':
    case 'matrixSensing':
      return { train: problem.train, test: problem.test };
    case 'dataset':
      if (problem.split !== null) return { train: problem.split, test: problem.trainLabels.length - problem.split };
      return { train: problem.trainLabels.length, test: problem.testLabels?.length ?? 0 };
    case 'matrixCompletion':
      return { train: problem.observed, test: problem.rows * problem.columns - problem.observed };
    case 'givenCompletion': {
      const train = typeof problem.observed === 'number' ? problem.observed : problem.observed.length;
      return { train, test: problem.known - train };
    }
  }
}
