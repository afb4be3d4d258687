/** The data of a run with the given seed. */
import { RandomStream } from '../../random.ts';
import type { InputRows, ProblemData } from '../problem.ts';
import type { DatasetProblem } from './description.ts';

export function datasetData(problem: DatasetProblem, seed: number): ProblemData {
  const { loss, dimension, testInputs, testLabels, standardize } = problem;
  const drawn =
    problem.split === null
      ? {
          train: rowsOf(problem.trainInputs, dimension),
          trainTargets: problem.trainLabels,
          test: testInputs && rowsOf(testInputs, dimension),
          testTargets: testLabels,
        }
      : splitRows(problem, problem.split, seed);
  const data = { loss, predictorShape: [dimension], truth: null, ...drawn };
  if (!standardize) return data;
  const scale = standardizer(drawn.train);
  return { ...data, train: scale(drawn.train), test: drawn.test && scale(drawn.test) };
}

function rowsOf(values: Float64Array, dimension: number): InputRows {
  return { kind: 'rows', count: values.length / dimension, dimension, values };
}

/** Splits into `count` training examples and test examples; both keep their order. */
function splitRows({ trainInputs, trainLabels, dimension }: DatasetProblem, count: number, seed: number) {
  const chosen = new RandomStream(seed, 'split').subset(trainLabels.length, count);
  const isChosen = new Set(chosen);
  const others = Int32Array.from(trainLabels.keys()).filter((row) => !isChosen.has(row));
  const pick = (rows: Int32Array) => {
    const values = new Float64Array(rows.length * dimension);
    rows.forEach((row, i) => {
      values.set(trainInputs.subarray(row * dimension, (row + 1) * dimension), i * dimension);
    });
    return { inputs: rowsOf(values, dimension), labels: Float64Array.from(rows, (row) => trainLabels[row]) };
  };
  const [train, test] = [pick(chosen), pick(others)];
  return { train: train.inputs, trainTargets: train.labels, test: test.inputs, testTargets: test.labels };
}

/** A column is constant if its range is at most this multiple of the rounding error of its largest value. */
const CONSTANT = 64 * Number.EPSILON;

/** Standardizes columns by the mean and standard deviation of these rows; a column that is constant there becomes 0. */
function standardizer({ values, count, dimension }: InputRows): (rows: InputRows) => InputRows {
  const mean = new Float64Array(dimension);
  const deviation = new Float64Array(dimension);
  for (let column = 0; column < dimension; column++) {
    [mean[column], deviation[column]] = momentsOf(values, column, count, dimension);
  }
  return (rows) => ({
    ...rows,
    values: rows.values.map((x, i) => {
      const column = i % dimension;
      return deviation[column] === 0 ? 0 : (x - mean[column]) / deviation[column];
    }),
  });
}

/** Mean and standard deviation of a column; the deviation of a constant column is 0. */
function momentsOf(values: Float64Array, column: number, count: number, dimension: number): [number, number] {
  const first = values[column];
  let [largest, reach, shift] = [0, 0, 0];
  for (let i = column; i < values.length; i += dimension) {
    largest = Math.max(largest, Math.abs(values[i]));
    reach = Math.max(reach, Math.abs(values[i] - first));
    // Averaging differences avoids rounding errors for constant columns.
    shift += (values[i] - first) / count;
  }
  const mean = first + shift;
  if (reach <= CONSTANT * largest) return [mean, 0];
  let squares = 0;
  for (let i = column; i < values.length; i += dimension) squares += ((values[i] - first - shift) / reach) ** 2;
  return [mean, reach * Math.sqrt(squares / count)];
}
