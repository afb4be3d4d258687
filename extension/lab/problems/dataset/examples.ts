import { DefinitionError } from '../../errors.ts';
import type { Loss } from '../problem.ts';

/** Examples as they were read: inputs [rows, columns], row by row, and labels [rows]. */
export interface Table {
  rows: number;
  columns: number;
  values: Float64Array;
  labels: Float64Array;
}

/**
 * The examples of a dataset problem, wherever they were read from.
 * @throws DefinitionError where training and test inputs differ in length
 */
export function examplesOf(loss: Loss, train: Table, test: Table | null) {
  if (test && test.columns !== train.columns) {
    throw new DefinitionError(`dataset: training inputs have ${train.columns} numbers, test inputs ${test.columns}`);
  }
  return {
    type: 'dataset' as const,
    loss,
    dimension: train.columns,
    trainInputs: train.values,
    trainLabels: train.labels,
    testInputs: test?.values ?? null,
    testLabels: test?.labels ?? null,
  };
}
