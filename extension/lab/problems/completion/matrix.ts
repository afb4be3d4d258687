/** A matrix with possibly unknown entries, read from any source. */
import { DefinitionError, type Origin } from '../../errors.ts';
import { isArrayLike, type Options, show } from '../../options.ts';
import { readTable } from '../dataset/csv.ts';
import { readNamedFile, readString } from '../dataset/fileOptions.ts';
import { type NpyArray, readNpy } from '../dataset/npy.ts';
import { readNpz } from '../dataset/npz.ts';
import { isMissing, readNumber } from '../dataset/numbers.ts';
import { readTableFormat } from '../dataset/tableFormat.ts';

export interface GivenMatrix {
  rows: number;
  columns: number;
  /** Row-major; NaN for unknown entries. */
  values: Float64Array;
  /** Names an entry in messages. */
  nameOf(position: number): string;
}

const block = 'matrixCompletion';

/** @throws DefinitionError unless the value consists of rows of equal length */
export function matrixFromRows(value: unknown): GivenMatrix {
  const what = `${block}: 'matrix'`;
  if (!isArrayLike(value) || value.length === 0 || !isArrayLike(value[0]) || value[0].length === 0) {
    throw new DefinitionError(`${what} must be an array of rows of numbers; it is ${show(value)}`);
  }
  const columns = value[0].length;
  const values = new Float64Array(value.length * columns);
  for (let i = 0; i < value.length; i++) {
    const row = value[i];
    if (!isArrayLike(row) || row.length !== columns) {
      const got = isArrayLike(row) ? `has ${row.length}` : `is ${show(row)}`;
      throw new DefinitionError(`${what} is ragged: row 1 has ${columns} numbers, row ${i + 1} ${got}`);
    }
    for (let j = 0; j < columns; j++) {
      const entry = row[j];
      if (typeof entry !== 'number' || Math.abs(entry) === Number.POSITIVE_INFINITY) {
        throw new DefinitionError(
          `${what}: row ${i + 1}, column ${j + 1} must be a finite number, or NaN if it is unknown; it is ${show(entry)}`,
        );
      }
      values[i * columns + j] = entry;
    }
  }
  return named(value.length, columns, values, "of 'matrix'");
}

export function matrixFromCsv(read: Options, origin: Origin): GivenMatrix {
  const { file, bytes } = readNamedFile(read, 'csv', origin, block);
  const format = readTableFormat(read, block);
  const { rows, width, guess } = readTable(bytes, file, { ...format, header: read.boolean('header', false) });
  const values = new Float64Array(rows.length * width);
  rows.forEach(({ cells, number }, i) => {
    cells.forEach((cell, j) => {
      const where = `${file}, row ${number}, column ${j}`;
      values[i * width + j] = isMissing(cell) ? Number.NaN : readNumber(cell, where, format.decimal ?? '.', guess);
    });
  });
  return named(rows.length, width, values, `of ${file}`);
}

export function matrixFromNpy(read: Options, origin: Origin): GivenMatrix {
  const { file, bytes } = readNamedFile(read, 'npy', origin, block);
  return matrixFromArray(readNpy(bytes, file), file);
}

export function matrixFromNpz(read: Options, origin: Origin): GivenMatrix {
  const { file, bytes } = readNamedFile(read, 'npz', origin, block);
  const name = readString(read, 'array', block);
  return matrixFromArray(readNpz(bytes, file, name, ['array']), `${file}, '${name}'`);
}

function matrixFromArray({ shape, values }: NpyArray, file: string): GivenMatrix {
  if (shape.length !== 2 || values.length === 0) {
    throw new DefinitionError(`${file} is not a matrix: its shape is [${shape.join(', ')}]`);
  }
  const [rows, columns] = shape;
  const wrong = values.findIndex((entry) => Math.abs(entry) === Number.POSITIVE_INFINITY);
  const matrix = named(rows, columns, values, `of ${file}`);
  if (wrong < 0) return matrix;
  throw new DefinitionError(`${matrix.nameOf(wrong)} is ${values[wrong]}: it must be a finite number, or NaN`);
}

function named(rows: number, columns: number, values: Float64Array, from: string): GivenMatrix {
  const nameOf = (position: number) => `the entry [${Math.floor(position / columns)}, ${position % columns}] ${from}`;
  return { rows, columns, values, nameOf };
}
