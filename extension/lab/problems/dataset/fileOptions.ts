/** Options shared by all kinds of data files, and the resulting problem. */
import { DefinitionError, type Origin } from '../../errors.ts';
import { readFile } from '../../files.ts';
import { quoted } from '../../fixes.ts';
import { type Options, show } from '../../options.ts';
import type { Loss } from '../problem.ts';
import type { DatasetProblem } from './description.ts';
import { examplesOf, type Table } from './examples.ts';
import { type ClassName, classesOf, describeClasses, signsOf } from './labels.ts';

export interface FileOptions {
  /**
   * `logistic` for two classes, `square` for numeric labels.
   * @example loss: 'logistic'
   */
  loss: Loss;
  /**
   * The training set if there is no `test` file: a fraction of at most 1, or a number of examples (default 0.8). The
   * others are test examples. Without `seed`, each run's seed draws its own split.
   * @example split: 0.5
   */
  split?: number;
  /**
   * Seed of the split, shared by all runs; by default each run's seed draws its own.
   * @example seed: 1
   */
  seed?: number;
  /**
   * The class with label +1 under the logistic loss; all others are −1. By default there must be two classes, and the
   * second one in sorted order is +1: 1 of 0 and 1, `true` of `false` and `true`, `virginica` of `setosa` and
   * `virginica`. The choice is shown in the description of the problem.
   * @example positive: 'virginica'
   */
  positive?: string | number;
  /**
   * Standardize each input column to mean 0 and standard deviation 1 over the training examples (default false). A
   * column that is constant there, up to rounding, becomes 0.
   * @example standardize: true
   */
  standardize?: boolean;
}

/** The option names of {@link FileOptions}. */
export const sharedOptions = ['loss', 'split', 'seed', 'positive', 'standardize'];

/** Examples with labels as in the file. */
export interface Labelled<Label extends ClassName> extends Omit<Table, 'labels'> {
  labels: Label[];
  /** Describes the labels and their positions in messages. */
  file: string;
  where(position: number): string;
  /** The label as a number, for the square loss. */
  numberOf(position: number): number;
}

/** Creates the problem: converts labels to signs or numbers, and splits the data if there is no test file. */
export function problemOf<Label extends ClassName>(
  read: Options,
  train: Labelled<Label>,
  test: Labelled<Label> | null,
): DatasetProblem {
  const loss = readLoss(read);
  if (test && read.has('split')) {
    throw new DefinitionError("dataset: 'split' and 'test' cannot be combined");
  }
  const classes = loss === 'logistic' ? classesOf(train.labels, readPositive(read), train.file) : null;
  const labelled = ({ rows, columns, values, labels, where, numberOf }: Labelled<Label>): Table => ({
    rows,
    columns,
    values,
    labels: classes ? signsOf(labels, classes, where) : Float64Array.from(labels, (_, i) => numberOf(i)),
  });
  const examples = examplesOf(loss, labelled(train), test && labelled(test));
  const wanted = read.positive('split', 0.8);
  const split = wanted <= 1 ? Math.max(1, Math.round(wanted * train.rows)) : wanted;
  if (!Number.isInteger(split) || split > train.rows) {
    throw new DefinitionError(
      `dataset: 'split' must be a fraction of at most 1 or a whole number up to ${train.rows}; it is ${wanted}`,
    );
  }
  return {
    ...examples,
    labelled: classes && describeClasses(classes),
    split: test || split === train.rows ? null : split,
    standardize: read.boolean('standardize', false),
    seed: read.has('seed') ? read.count('seed', undefined, 0) : null,
  };
}

const LOSSES = ['logistic', 'square'] as const;

/** @throws DefinitionError without a loss, which cannot be inferred from the data */
export function readLoss(read: Options): Loss {
  if (!read.has('loss')) {
    throw new DefinitionError("dataset: 'loss' is missing: use 'logistic' or 'square'", {
      fixes: LOSSES.map((loss) => ({ type: 'set', path: ['loss'], value: quoted(loss) })),
    });
  }
  return read.choice('loss', LOSSES, 'square');
}

function readPositive(read: Options): ClassName | null {
  const value = read.raw('positive');
  if (value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number') return value;
  throw new DefinitionError(`dataset: 'positive' must be a label (a string or a number); it is ${show(value)}`);
}

/** A string option. @param block names the building block in messages */
export function readString(read: Options, option: string, block = 'dataset'): string {
  const value = read.raw(option);
  if (typeof value === 'string' && value !== '') return value;
  const got = value === undefined ? 'it is missing' : `it is ${show(value)}`;
  throw new DefinitionError(`${block}: '${option}' must be a string; ${got}`);
}

/** The contents of the file given by an option. */
export function readNamedFile(read: Options, option: string, origin: Origin, block = 'dataset') {
  const file = readString(read, option, block);
  return { file, bytes: readFile(file, origin) };
}
