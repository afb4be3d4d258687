/** Examples from a text table. */
import { DefinitionError, type Origin } from '../../errors.ts';
import { isArrayLike, Options, show } from '../../options.ts';
import { type CsvLayout, readCsv } from './csv.ts';
import type { DatasetProblem } from './description.ts';
import { type FileOptions, type Labelled, problemOf, readNamedFile, sharedOptions } from './fileOptions.ts';
import { readNumber } from './numbers.ts';
import { readTableFormat, type TableFormat, tableFormatOptions } from './tableFormat.ts';

export interface CsvOptions extends FileOptions, TableFormat {
  /**
   * Path of a table with comma-separated values (or another delimiter), relative to the lab file.
   * @example csv: 'iris.csv'
   */
  csv: string;
  /**
   * The label column: its name, or its zero-based position.
   * @example label: 'species'
   */
  label: string | number;
  /**
   * The input columns, by name or position; by default all columns except the label.
   * @example columns: ['petal length', 'petal width']
   */
  columns?: (string | number)[];
  /**
   * Path of a table with the test examples, which replaces the split (default: none). Its columns are looked up by name.
   * @example test: 'test.csv'
   */
  test?: string;
  /**
   * Whether the first row is a header. By default it must be one; a first row that contains a number is rejected,
   * because it could be an example.
   * @example header: false
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
    // Numeric labels have been normalized to JavaScript's format.
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
  throw new DefinitionError(`${what} must be the name or the zero-based position of a column; ${got}`);
}
