import { captureOrigin, DefinitionError } from '../errors.ts';
import { isRecord, Options, readMatrix, readVector, show } from '../options.ts';
import type { DatasetProblem, Loss, Problem, ProblemData } from './problem.ts';

/** Examples: one row of numbers and one label each. */
export interface Examples {
  inputs: number[][];
  /** ±1 for the logistic loss, any number for the square loss. */
  labels: number[];
}

export interface DatasetOptions {
  train: Examples;
  test?: Examples;
  loss: Loss;
}

/**
 * The user's own data with a predictor f = w·x.
 * @throws DefinitionError for ragged rows, labels that the loss does not know, no training example
 */
export function dataset(options: DatasetOptions): Problem {
  const origin = captureOrigin(dataset);
  const read = new Options('dataset', options, ['train', 'test', 'loss']);
  if (!read.has('loss')) throw new DefinitionError("dataset: 'loss' is missing: say 'logistic' or 'square'");
  const loss = read.choice('loss', ['logistic', 'square'], 'square');
  const train = readExamples(read.raw('train'), 'train', loss);
  const test = read.has('test') ? readExamples(read.raw('test'), 'test', loss) : null;
  if (test && test.columns !== train.columns) {
    throw new DefinitionError(`dataset: training inputs have ${train.columns} numbers, test inputs ${test.columns}`);
  }
  return {
    type: 'dataset',
    loss,
    dimension: train.columns,
    trainInputs: train.values,
    trainLabels: train.labels,
    testInputs: test?.values ?? null,
    testLabels: test?.labels ?? null,
    seed: null,
    origin,
  };
}

function readExamples(value: unknown, part: string, loss: Loss) {
  if (!isRecord(value))
    throw new DefinitionError(`dataset: '${part}' must be { inputs, labels }; it is ${show(value)}`);
  const read = new Options(`dataset: ${part}`, value, ['inputs', 'labels']);
  const matrix = readMatrix(read.raw('inputs'), `dataset: '${part}.inputs'`);
  const labels = readVector(read.raw('labels'), `dataset: '${part}.labels'`);
  if (labels.length !== matrix.rows) {
    throw new DefinitionError(`dataset: '${part}' has ${matrix.rows} inputs but ${labels.length} labels`);
  }
  const wrong = loss === 'logistic' ? labels.findIndex((label) => label !== 1 && label !== -1) : -1;
  if (wrong >= 0) {
    throw new DefinitionError(
      `dataset: labels must be 1 or −1 for the logistic loss; '${part}.labels' entry ${wrong + 1} is ${labels[wrong]}`,
      {
        hint: "Map the two classes to 1 and −1, or use loss: 'square'.",
      },
    );
  }
  return { ...matrix, labels };
}

export function datasetData(problem: DatasetProblem): ProblemData {
  const rows = (values: Float64Array) => ({
    kind: 'rows' as const,
    count: values.length / problem.dimension,
    dimension: problem.dimension,
    values,
  });
  return {
    loss: problem.loss,
    predictorShape: [problem.dimension],
    train: rows(problem.trainInputs),
    trainTargets: problem.trainLabels,
    test: problem.testInputs ? rows(problem.testInputs) : null,
    testTargets: problem.testLabels,
    truth: null,
  };
}
