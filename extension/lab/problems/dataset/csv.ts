/** Tables of comma-separated values. Papa Parse reads the quoting and the delimiter; what a cell means is ours. */
import Papa from 'papaparse';
import { DefinitionError } from '../../errors.ts';
import { closest, show } from '../../options.ts';

export interface CsvLayout {
  /** Whether the first row names the columns. */
  header: boolean;
  /** Null finds it out. */
  delimiter: string | null;
  /** The column of the labels, by name or by position from 0. */
  label: string | number;
  /** The columns of the inputs, by name or by position; null for all others. */
  columns: (string | number)[] | null;
}

export interface CsvExamples {
  rows: number;
  columns: number;
  /** Row-major. */
  values: Float64Array;
  /** As they stand in the file. */
  labels: string[];
  /** The file's row of each example, from 1, the header counted, as a spreadsheet shows it. */
  rowNumbers: number[];
}

/**
 * @param file names the table in messages
 * @throws DefinitionError for a column that is not there, a row of another length, a cell that is no number
 */
export function readCsv(bytes: Uint8Array, file: string, layout: CsvLayout): CsvExamples {
  const { data, errors } = Papa.parse<string[]>(new TextDecoder().decode(bytes), {
    delimiter: layout.delimiter ?? '',
    skipEmptyLines: false,
  });
  const broken = errors.find(({ type }) => type === 'Quotes');
  if (broken) throw new DefinitionError(`${file}, row ${(broken.row ?? 0) + 1}: ${broken.message.toLowerCase()}`);
  const table = data
    .map((cells, i) => ({ cells, number: i + 1 }))
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  const names = layout.header ? (table.shift()?.cells.map((cell) => cell.trim()) ?? []) : null;
  if (table.length === 0) throw new DefinitionError(`${file} has no examples`);
  const width = names?.length ?? table[0].cells.length;
  for (const { cells, number } of table) {
    if (cells.length !== width) {
      const first = names ? 'the header' : `row ${table[0].number}`;
      throw new DefinitionError(`${file}, row ${number} has ${cells.length} cells; ${first} has ${width}`);
    }
  }
  const label = findColumn(layout.label, names, width, file);
  const inputs =
    layout.columns?.map((column) => findColumn(column, names, width, file)) ??
    Array.from({ length: width }, (_, column) => column).filter((column) => column !== label);
  if (inputs.length === 0) throw new DefinitionError(`${file} has no column besides the label`);
  if (inputs.includes(label)) throw new DefinitionError(`${file}: ${show(layout.label)} is the label and an input`);
  const nameOf = (column: number) => (names ? `column '${names[column]}'` : `column ${column}`);
  const values = new Float64Array(table.length * inputs.length);
  table.forEach(({ cells, number }, i) => {
    inputs.forEach((column, j) => {
      values[i * inputs.length + j] = readNumber(cells[column], `${file}, row ${number}, ${nameOf(column)}`);
    });
  });
  return {
    rows: table.length,
    columns: inputs.length,
    values,
    labels: table.map(({ cells }) => cells[label]),
    rowNumbers: table.map(({ number }) => number),
  };
}

/** @throws DefinitionError for a text that is no finite number */
export function readNumber(cell: string, where: string): number {
  const text = cell.trim();
  const value = text === '' ? Number.NaN : Number(text);
  if (Number.isFinite(value)) return value;
  throw new DefinitionError(`${where}: ${text === '' ? 'the cell is empty' : `'${text}' is not a finite number`}`, {
    hint: 'Leave the column out with `columns`, or map it to numbers in the file.',
  });
}

function findColumn(column: string | number, names: string[] | null, width: number, file: string): number {
  if (typeof column === 'number') {
    if (Number.isInteger(column) && column >= 0 && column < width) return column;
    throw new DefinitionError(`${file} has no column ${column}: it has ${width}, counted from 0`);
  }
  if (names === null) {
    throw new DefinitionError(`${file} has no header: give the column ${show(column)} by its position from 0`);
  }
  const found = names.indexOf(column);
  if (found >= 0) return found;
  const near = closest(column, names);
  const known = `It has ${names.slice(0, 8).map(show).join(', ')}${names.length > 8 ? ', …' : ''}.`;
  throw new DefinitionError(`${file} has no column ${show(column)}`, {
    hint: near ? `Did you mean '${near}'?` : known,
  });
}
