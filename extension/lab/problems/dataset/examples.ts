import { DefinitionError } from '../../errors.ts';
import type { Loss } from '../problem.ts';

/** Examples as read: inputs [rows, columns], row-major, and labels [rows]. */
export interface Table {
  rows: number;
  columns: number;
  values: Float64Array;
  labels: Float64Array;
}

/**
 * Validates the examples of a dataset problem, independent of their source.
 * @throws DefinitionError if training and test inputs differ in length
 */
export function examplesOf(loss: Loss, train: Table, test: Table | null) {
  if (test && test.columns !== train.columns) {
    throw new DefinitionError(
      `dataset: training inputs have ${train.columns} columns, but test inputs have ${test.columns}`,
    );
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
