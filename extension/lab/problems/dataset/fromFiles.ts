/** Examples from the user's files, split into training and test data. */
import { DefinitionError, type Origin } from '../../errors.ts';
import { readFile } from '../../files.ts';
import { isArrayLike, isRecord, Options, show } from '../../options.ts';
import type { DatasetProblem, Loss } from '../problem.ts';
import { type CsvLayout, readCsv, readNumber } from './csv.ts';
import { examplesOf, type Table } from './examples.ts';
import { type ClassName, classLabels } from './labels.ts';
import { readNpy } from './npy.ts';

/** What every kind of data file can be given. */
export interface FileOptions {
  /** `logistic` for two classes, `square` for numbers. */
  loss: Loss;
  /**
   * Which examples train when there is no `test` file: a share of them at most 1, or a number of them (default 0.8).
   * The others test. Without `seed` each run's seed draws its own split.
   */
  split?: number;
  /** Fixes the split for all runs. */
  seed?: number;
  /** The class that is +1 under the logistic loss; not needed for labels −1 and 1, 0 and 1, or false and true. */
  positive?: string | number;
  /** Shift and scale each input column to mean 0 and standard deviation 1 over the training examples (default false). */
  standardize?: boolean;
}

export interface CsvOptions extends FileOptions {
  /** Path of a table, relative to the lab file. */
  csv: string;
  /** The column with the labels: its name, or its position from 0. */
  label: string | number;
  /** The columns with the inputs, by name or position; without it all but the label. */
  columns?: (string | number)[];
  /** Path of a table with the test examples; then nothing is split. */
  test?: string;
  /** Whether the first row names the columns (default true). */
  header?: boolean;
  /** What separates cells; without it, it is found out. */
  delimiter?: string;
}

/** Two NumPy files: inputs [n, …], whose further axes are flattened, and labels [n]. */
export interface NpyFiles {
  /** Path, relative to the lab file. */
  inputs: string;
  /** Path, relative to the lab file. */
  labels: string;
}

export interface NpyOptions extends FileOptions {
  npy: NpyFiles;
  /** Test examples; then nothing is split. */
  test?: NpyFiles;
}

const shared = ['loss', 'split', 'seed', 'positive', 'standardize'];

export function csvDataset(options: unknown, origin: Origin): DatasetProblem & { seed: number | null } {
  const read = new Options('dataset', options, [...shared, 'csv', 'label', 'columns', 'test', 'header', 'delimiter']);
  const loss = readLoss(read);
  const layout: CsvLayout = {
    header: read.boolean('header', true),
    delimiter: read.has('delimiter') ? readText(read, 'delimiter') : null,
    label: readColumn(read.raw('label'), "dataset: 'label'"),
    columns: read.has('columns') ? readColumns(read.raw('columns')) : null,
  };
  const positive = readPositive(read);
  const load = (option: string): Table => {
    const file = readText(read, option);
    const { labels, rowNumbers, ...table } = readCsv(readFile(file, origin), file, layout);
    if (loss === 'logistic') return { ...table, labels: classLabels(labels, positive, file) };
    const where = (i: number) => `${file}, row ${rowNumbers[i]}, label`;
    return { ...table, labels: Float64Array.from(labels, (cell, i) => readNumber(cell, where(i))) };
  };
  return divided(read, loss, load('csv'), read.has('test') ? load('test') : null);
}

export function npyDataset(options: unknown, origin: Origin): DatasetProblem & { seed: number | null } {
  const read = new Options('dataset', options, [...shared, 'npy', 'test']);
  const loss = readLoss(read);
  const positive = readPositive(read);
  const load = (option: string): Table => {
    const value = read.raw(option);
    if (!isRecord(value))
      throw new DefinitionError(`dataset: '${option}' must be { inputs, labels }; it is ${show(value)}`);
    const paths = new Options(`dataset: '${option}'`, value, ['inputs', 'labels']);
    const [inputFile, labelFile] = [readText(paths, 'inputs'), readText(paths, 'labels')];
    const inputs = finite(readNpy(readFile(inputFile, origin), inputFile), inputFile);
    const labels = finite(readNpy(readFile(labelFile, origin), labelFile), labelFile);
    const [rows = 0] = inputs.shape;
    if (rows === 0 || inputs.values.length === 0) throw new DefinitionError(`${inputFile} has no examples`);
    if (labels.values.length !== rows) {
      throw new DefinitionError(`${inputFile} has ${rows} examples but ${labelFile} ${labels.values.length} labels`);
    }
    return {
      rows,
      columns: inputs.values.length / rows,
      values: inputs.values,
      labels: loss === 'logistic' ? classLabels([...labels.values], positive, labelFile) : labels.values,
    };
  };
  return divided(read, loss, load('npy'), read.has('test') ? load('test') : null);
}

function divided(
  read: Options,
  loss: Loss,
  train: Table,
  test: Table | null,
): DatasetProblem & { seed: number | null } {
  if (test && read.has('split')) {
    throw new DefinitionError("dataset: 'split' has nothing to split where 'test' is given");
  }
  const examples = examplesOf(loss, train, test);
  const wanted = read.positive('split', 0.8);
  const split = wanted <= 1 ? Math.max(1, Math.round(wanted * train.rows)) : wanted;
  if (!Number.isInteger(split) || split > train.rows) {
    throw new DefinitionError(
      `dataset: 'split' must be a share of at most 1 or a whole number up to ${train.rows}; it is ${wanted}`,
    );
  }
  return {
    ...examples,
    split: test || split === train.rows ? null : split,
    standardize: read.boolean('standardize', false),
    seed: read.has('seed') ? read.count('seed', undefined, 0) : null,
  };
}

function finite<T extends { shape: readonly number[]; values: Float64Array }>(array: T, file: string): T {
  const wrong = array.values.findIndex((value) => !Number.isFinite(value));
  if (wrong < 0) return array;
  const row = Math.floor(wrong / (array.values.length / (array.shape[0] ?? 1)));
  throw new DefinitionError(`${file}, row ${row} (from 0): ${array.values[wrong]} is not a finite number`);
}

/** @throws DefinitionError without a loss: no data say which is meant */
export function readLoss(read: Options): Loss {
  if (!read.has('loss')) throw new DefinitionError("dataset: 'loss' is missing: say 'logistic' or 'square'");
  return read.choice('loss', ['logistic', 'square'], 'square');
}

function readPositive(read: Options): ClassName | null {
  const value = read.raw('positive');
  if (value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number') return value;
  throw new DefinitionError(`dataset: 'positive' must be a label, a text or a number; it is ${show(value)}`);
}

function readText(read: Options, option: string): string {
  const value = read.raw(option);
  if (typeof value === 'string' && value !== '') return value;
  const got = value === undefined ? 'it is missing' : `it is ${show(value)}`;
  throw new DefinitionError(`dataset: '${option}' must be a text; ${got}`);
}

function readColumns(value: unknown): (string | number)[] {
  if (isArrayLike(value) && value.length > 0) {
    return Array.from(value, (column, i) => readColumn(column, `dataset: 'columns' entry ${i + 1}`));
  }
  throw new DefinitionError(`dataset: 'columns' must list at least one column; it is ${show(value)}`);
}

function readColumn(value: unknown, what: string): string | number {
  if (typeof value === 'string' || typeof value === 'number') return value;
  const got = value === undefined ? 'it is missing' : `it is ${show(value)}`;
  throw new DefinitionError(`${what} must be the name of a column, or its position from 0; ${got}`);
}
