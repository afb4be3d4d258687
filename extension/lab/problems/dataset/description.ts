import type { Loss } from '../problem.ts';

/** The user's own data. */
export interface DatasetProblem {
  type: 'dataset';
  seed: number | null;
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
