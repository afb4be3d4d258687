/** Examples from a table of text. */
import { DefinitionError, type Origin } from '../../errors.ts';
import { isArrayLike, Options, show } from '../../options.ts';
import { type CsvLayout, readCsv } from './csv.ts';
import type { DatasetProblem } from './description.ts';
import { type FileOptions, type Labelled, problemOf, readNamedFile, sharedOptions } from './fileOptions.ts';
import { readNumber } from './numbers.ts';
import { readTableFormat, type TableFormat, tableFormatOptions } from './tableFormat.ts';

export interface CsvOptions extends FileOptions, TableFormat {
  /** Path of a table, relative to the lab file: comma-separated values, or with another delimiter. */
  csv: string;
  /** The column with the labels: its name, or its position from 0. */
  label: string | number;
  /** The columns with the inputs, by name or position; without it all but the label. */
  columns?: (string | number)[];
  /** Path of a table with the test examples; then nothing is split. Columns are found in it by their names. */
  test?: string;
  /**
   * Whether the first row names the columns. Without it the first row does, and is refused where a number stands in it:
   * then it may be an example.
   */
  header?: boolean;
}

export function csvDataset(options: unknown, origin: Origin): DatasetProblem {
  const known = [...sharedOptions, 'csv', 'label', 'columns', 'test', 'header', ...tableFormatOptions];
  const read = new Options('dataset', options, known);
  const layout: CsvLayout = {
    ...readTableFormat(read, 'dataset'),
    header: read.has('header') ? read.boolean('header', true) : null,
    label: readColumn(read.raw('label'), "dataset: 'label'"),
    columns: read.has('columns') ? readColumns(read.raw('columns')) : null,
  };
  const load = (option: string, like: string[] | null) => {
    const { file, bytes } = readNamedFile(read, option, origin);
    const { rowNumbers, names, guess, ...table } = readCsv(bytes, file, layout, like);
    const where = (i: number) => `${file}, row ${rowNumbers[i]}, label`;
    // Labels that are numbers are in JavaScript's own form by now.
    const numberOf = (i: number) => readNumber(table.labels[i], where(i), '.', guess);
    return { names, labelled: { ...table, file, where, numberOf } satisfies Labelled<string> };
  };
  const train = load('csv', null);
  const test = read.has('test') ? load('test', train.names).labelled : null;
  return problemOf(read, train.labelled, test);
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
