/** Text tables: comma-separated values and similar formats. */
import { DefinitionError } from '../../errors.ts';
import type { Fix, OptionPath } from '../../fixes.ts';
import { show } from '../../options.ts';
import { type Cut, cutRows, type Row } from './delimiter.ts';
import { type ColumnName, findColumn, type Names, otherColumns, readHeader, setHeader } from './header.ts';
import { type DecimalMark, isMissing, numberOf, readNumber } from './numbers.ts';
import { decodeText, type TextEncoding } from './text.ts';

export interface CsvLayout {
  /** Whether the first row is a header; null: it must be one, which is checked. */
  header: boolean | null;
  /** Null to detect it; a space means runs of spaces and tabs. */
  delimiter: string | null;
  /** The label column. */
  label: ColumnName;
  /** The input columns; null for all columns except the label. */
  columns: ColumnName[] | null;
  decimal: DecimalMark | null;
  encoding: TextEncoding | null;
  /** The comment prefix; null for no comments. */
  comment: string | null;
}

export interface CsvExamples {
  rows: number;
  columns: number;
  /** Row-major. */
  values: Float64Array;
  /** As in the file, with numbers normalized to JavaScript's format. */
  labels: string[];
  /** The 1-based row of each example in the file, including header and comments, as shown by a spreadsheet. */
  rowNumbers: number[];
  /** Names of the input columns; null without header. */
  names: string[] | null;
  /** A message suffix that mentions the detected delimiter; empty if the user set it. */
  guess: string;
}

/** A table of unparsed cells. */
export interface TextTable extends Cut {
  names: Names;
  /** Number of cells per row. */
  width: number;
}

/**
 * Reads the cells of a table.
 * @param file names the table in messages
 * @throws DefinitionError if the bytes are not text or the rows differ in length
 */
export function readTable(
  bytes: Uint8Array,
  file: string,
  layout: Pick<CsvLayout, 'header' | 'delimiter' | 'decimal' | 'encoding' | 'comment'>,
): TextTable {
  const { rows, delimiter, guess, fixes } = cutRows(decodeText(bytes, file, layout.encoding), file, layout);
  const first = rows[0];
  const names = readHeader(rows, layout.header, file);
  if (rows.length === 0) throw new DefinitionError(`${file} has no examples`);
  const width = first.cells.length;
  for (const { cells, number } of rows) {
    if (cells.length === width) continue;
    const other = names ? 'the header' : `row ${first.number}`;
    throw new DefinitionError(
      `${file}, row ${number} has ${count(cells.length, 'cell')}; ${other} has ${width}, with ${delimiter}`,
      { hint: "Is the delimiter right? `delimiter` sets it: ',', ';', '\\t', or ' ' for runs of spaces.", fixes },
    );
  }
  return { rows, names, width, delimiter, guess, fixes };
}

/** Removes empty rows at the end, which spreadsheets leave, and the empty column due to trailing delimiters. */
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
 * Reads examples: the input columns as numbers, the labels as text.
 * @param like the input columns of the corresponding training table, which are looked up by name
 * @throws DefinitionError for a missing or ambiguous column, and for a cell that is not a number
 */
export function readCsv(bytes: Uint8Array, file: string, layout: CsvLayout, like: string[] | null = null): CsvExamples {
  const table = trimmed(readTable(bytes, file, layout));
  const { rows, names, width } = table;
  const find = (column: ColumnName, path: OptionPath) =>
    mended(() => findColumn(column, names, width, file, path), otherwiseRead(column, table));
  const label = find(layout.label, ['label']);
  const wanted = layout.columns ?? (names ? like : null);
  const inputs = wanted?.map((column, i) => find(column, ['columns', i])) ?? otherColumns(label, names, width, file);
  if (inputs.length === 0) {
    throw new DefinitionError(`${file} has no column besides the label, with ${table.delimiter}`, {
      hint: 'Is the delimiter right? `delimiter` sets it.',
      fixes: table.fixes,
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

/** Ways to read the table such that it may have a column. */
function otherwiseRead(column: ColumnName, { rows, names, width, fixes }: TextTable): Fix[] {
  const isName = names === null && typeof column === 'string';
  const isInFirstRow = isName && (rows[0]?.cells.some((cell) => cell.trim() === column.trim()) ?? false);
  return [...(isInFirstRow ? [setHeader(true)] : []), ...(width === 1 ? fixes : [])];
}

/** Runs `action`; a definition error thrown in it gets more ways to mend it. */
function mended<T>(action: () => T, fixes: readonly Fix[]): T {
  try {
    return action();
  } catch (error) {
    throw error instanceof DefinitionError ? error.but({ fixes: [...fixes, ...error.fixes] }) : error;
  }
}

function labelOf(cell: string, where: string, decimal: DecimalMark): string {
  if (isMissing(cell)) {
    throw new DefinitionError(
      `${where}: ${cell.trim() === '' ? 'the cell is empty' : `'${cell.trim()}' is not a label`}`,
      {
        hint: 'Remove the row from the file.',
      },
    );
  }
  const number = numberOf(cell, decimal);
  return Number.isFinite(number) ? String(number) : cell.trim();
}

const count = (number: number, noun: string) => `${number} ${noun}${number === 1 ? '' : 's'}`;
