import { captureOrigin, DefinitionError } from '../../errors.ts';
import { isRecord, Options, readMatrix, readVector, show } from '../../options.ts';
import type { Loss, Problem } from '../problem.ts';
import { type CsvOptions, csvDataset } from './csvDataset.ts';
import type { DatasetProblem } from './description.ts';
import { examplesOf } from './examples.ts';
import { readLoss } from './fileOptions.ts';
import { type NpyOptions, type NpzOptions, npyDataset, npzDataset } from './numpyDataset.ts';

/** Examples: one row of numbers and one label per example. */
export interface Examples {
  /**
   * One row of numbers per example.
   * @example inputs: [[1, 2], [3, 4]]
   */
  inputs: number[][];
  /**
   * ±1 for the logistic loss, any number for the square loss.
   * @example labels: [1, -1]
   */
  labels: number[];
}

/** Data as arrays in the lab file. */
export interface DatasetOptions {
  /**
   * Training examples.
   * @example train: { inputs: [[1, 2], [3, 4]], labels: [1, -1] }
   */
  train: Examples;
  /**
   * Test examples (default: none).
   * @example test: { inputs: [[2, 1]], labels: [1] }
   */
  test?: Examples;
  /**
   * `logistic` for labels ±1, `square` for any numbers.
   * @example loss: 'logistic'
   */
  loss: Loss;
}

/**
 * The user's own data: arrays, a table of comma-separated values, or NumPy files and archives. Paths are relative to
 * the lab file.
 * @throws DefinitionError for a missing file, a missing or ambiguous column, a cell that is not a number (with its
 * row), ragged rows, an ambiguous header, labels that do not fit the loss, and an empty training set
 * @example dataset({ csv: 'iris.csv', label: 'species', positive: 'setosa', loss: 'logistic' })
 * @example dataset({ csv: 'table.txt', header: false, delimiter: ' ', label: 4, loss: 'square' })
 * @example dataset({ npz: 'digits.npz', inputs: 'x', labels: 'y', loss: 'logistic', positive: 7 })
 * @example dataset({ npy: { inputs: 'x.npy', labels: 'y.npy' }, loss: 'square', split: 0.5, seed: 1 })
 * @example dataset({ train: { inputs: [[1, 2], [3, 4]], labels: [1, -1] }, loss: 'logistic' })
 */
export function dataset(options: DatasetOptions | CsvOptions | NpyOptions | NpzOptions): Problem<DatasetProblem> {
  const origin = captureOrigin(dataset);
  if (isRecord(options) && 'csv' in options) return { ...csvDataset(options, origin), origin };
  if (isRecord(options) && 'npy' in options) return { ...npyDataset(options, origin), origin };
  if (isRecord(options) && 'npz' in options) return { ...npzDataset(options, origin), origin };
  const read = new Options('dataset', options, ['train', 'test', 'loss']);
  const loss = readLoss(read);
  const train = readExamples(read.raw('train'), 'train', loss);
  const test = read.has('test') ? readExamples(read.raw('test'), 'test', loss) : null;
  return { ...examplesOf(loss, train, test), labelled: null, split: null, standardize: false, seed: null, origin };
}

function readExamples(value: unknown, part: string, loss: Loss) {
  if (!isRecord(value))
    throw new DefinitionError(`dataset: '${part}' must be { inputs, labels }; it is ${show(value)}`);
  const read = new Options(`dataset: ${part}`, value, ['inputs', 'labels'], [part]);
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
