import type { ProblemDefinition } from '../problem.ts';
import { datasetData } from './data.ts';
import type { DatasetProblem } from './description.ts';

export const datasetProblem: ProblemDefinition<DatasetProblem> = {
  type: 'dataset',
  version: 1,
  inputs: 'rows',
  describe(problem) {
    const { dimension, labelled } = problem;
    return `${exampleCounts(problem).train} examples in ${dimension} dimensions${labelled ? ` · ${labelled}` : ''}`;
  },
  loss: ({ loss }) => loss,
  predictorShape: ({ dimension }) => [dimension],
  exampleCounts,
  draw: datasetData,
  population: () => ({ curvature: { kind: 'inputs' }, inputs: 'own' }),
};

function exampleCounts({ split, trainLabels, testLabels }: DatasetProblem): { train: number; test: number } {
  if (split !== null) return { train: split, test: trainLabels.length - split };
  return { train: trainLabels.length, test: testLabels?.length ?? 0 };
}
