/** Tables of text: comma-separated values and their relatives. */
import { DefinitionError } from '../../errors.ts';
import { show } from '../../options.ts';
import { type Cut, cutRows, type Row } from './delimiter.ts';
import { type ColumnName, findColumn, type Names, otherColumns, readHeader } from './header.ts';
import { type DecimalMark, isMissing, numberOf, readNumber } from './numbers.ts';
import { decodeText, type TextEncoding } from './text.ts';

export interface CsvLayout {
  /** Whether the first row names the columns; null: it does, and must look like it. */
  header: boolean | null;
  /** Null finds it out; a space stands for runs of spaces and tabs. */
  delimiter: string | null;
  /** The column of the labels. */
  label: ColumnName;
  /** The columns of the inputs; null for all others. */
  columns: ColumnName[] | null;
  decimal: DecimalMark | null;
  encoding: TextEncoding | null;
  /** What a line that does not count begins with; null for none. */
  comment: string | null;
}

export interface CsvExamples {
  rows: number;
  columns: number;
  /** Row-major. */
  values: Float64Array;
  /** As they stand in the file, numbers in JavaScript's own form. */
  labels: string[];
  /** The file's row of each example, from 1, header and comments counted, as a spreadsheet shows it. */
  rowNumbers: number[];
  /** Names of the input columns; null without header. */
  names: string[] | null;
  /** What stands between cells, at the end of a message; empty where the user said it. */
  guess: string;
}

/** A table before anything is made of its cells. */
export interface TextTable extends Cut {
  names: Names;
  /** Cells of each row. */
  width: number;
}

/**
 * Reads the cells of a table.
 * @param file names the table in messages
 * @throws DefinitionError for bytes that are no text, a row of another length
 */
export function readTable(
  bytes: Uint8Array,
  file: string,
  layout: Pick<CsvLayout, 'header' | 'delimiter' | 'decimal' | 'encoding' | 'comment'>,
): TextTable {
  const { rows, delimiter, guess } = cutRows(decodeText(bytes, file, layout.encoding), file, layout);
  const first = rows[0];
  const names = readHeader(rows, layout.header, file);
  if (rows.length === 0) throw new DefinitionError(`${file} has no examples`);
  const width = first.cells.length;
  for (const { cells, number } of rows) {
    if (cells.length === width) continue;
    const other = names ? 'the header' : `row ${first.number}`;
    throw new DefinitionError(
      `${file}, row ${number} has ${count(cells.length, 'cell')}; ${other} has ${width}, with ${delimiter}`,
      { hint: "Is the delimiter right? `delimiter` sets it: ',', ';', '\\t', or ' ' for runs of spaces." },
    );
  }
  return { rows, names, width, delimiter, guess };
}

/** Without the rows that spreadsheets leave empty at the end, and the column that a delimiter at the end of each row makes. */
function trimmed({ rows, names, width, ...rest }: TextTable): TextTable {
  const isEmpty = (cell: string) => cell.trim() === '';
  const filled = rows.filter(({ cells }) => !cells.every(isEmpty));
  const last = width - 1;
  const isOpen = last > 0 && (!names || names[last] === '') && filled.every(({ cells }) => isEmpty(cells[last]));
  if (!isOpen) return { ...rest, rows: filled, names, width };
  const cut = ({ cells, number }: Row) => ({ cells: cells.slice(0, last), number });
  return { ...rest, rows: filled.map(cut), names: names?.slice(0, last) ?? null, width: last };
}

/**
 * Reads examples: the cells of the input columns as numbers, the labels as they are.
 * @param like the input columns of the table that this one goes with: they are found by their names
 * @throws DefinitionError for a column that is not there or not clear, a cell that is no number
 */
export function readCsv(bytes: Uint8Array, file: string, layout: CsvLayout, like: string[] | null = null): CsvExamples {
  const table = trimmed(readTable(bytes, file, layout));
  const { rows, names, width } = table;
  const label = findColumn(layout.label, names, width, file);
  const wanted = layout.columns ?? (names ? like : null);
  const inputs =
    wanted?.map((column) => findColumn(column, names, width, file)) ?? otherColumns(label, names, width, file);
  if (inputs.length === 0) {
    throw new DefinitionError(`${file} has no column besides the label, with ${table.delimiter}`, {
      hint: 'Is the delimiter right? `delimiter` sets it.',
    });
  }
  if (inputs.includes(label)) throw new DefinitionError(`${file}: ${show(layout.label)} is the label and an input`);
  const decimal = layout.decimal ?? '.';
  const nameOf = (column: number) => (names ? `column '${names[column]}'` : `column ${column}`);
  const values = new Float64Array(rows.length * inputs.length);
  rows.forEach(({ cells, number }, i) => {
    inputs.forEach((column, j) => {
      const where = `${file}, row ${number}, ${nameOf(column)}`;
      values[i * inputs.length + j] = readNumber(cells[column], where, decimal, table.guess);
    });
  });
  return {
    rows: rows.length,
    columns: inputs.length,
    values,
    labels: rows.map(({ cells, number }) => labelOf(cells[label], `${file}, row ${number}, label`, decimal)),
    rowNumbers: rows.map(({ number }) => number),
    names: names && inputs.map((column) => names[column]),
    guess: table.guess,
  };
}

function labelOf(cell: string, where: string, decimal: DecimalMark): string {
  if (isMissing(cell)) {
    throw new DefinitionError(
      `${where}: ${cell.trim() === '' ? 'the cell is empty' : `'${cell.trim()}' is no label`}`,
      {
        hint: 'Leave the row out of the file.',
      },
    );
  }
  const number = numberOf(cell, decimal);
  return Number.isFinite(number) ? String(number) : cell.trim();
}

const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`;
