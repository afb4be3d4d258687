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
  /** The mapping of labels to signs, for the description; null if the labels are ±1. */
  labelled: string | null;
  /** The number of training examples, drawn at random; the others are test examples. Null without a split. */
  split: number | null;
  /** Whether columns are standardized to mean 0 and standard deviation 1 over the training examples. */
  standardize: boolean;
}
