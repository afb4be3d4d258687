/** The header of a table, and the selection of columns. */
import { DefinitionError } from '../../errors.ts';
import { type Fix, type OptionPath, spelled } from '../../fixes.ts';
import { closest, show } from '../../options.ts';
import type { Row } from './delimiter.ts';
import { isMissing, isNumeric } from './numbers.ts';

/** A column by name, or by zero-based position. */
export type ColumnName = string | number;

/** Column names; null for a table without header. */
export type Names = readonly string[] | null;

/**
 * Reads the header from a table's first row.
 * @param header the user's option; null if it is not set
 * @throws DefinitionError if the first row could also be an example
 */
export function readHeader(rows: Row[], header: boolean | null, file: string): Names {
  const [first] = rows;
  if (header === false || !first) return null;
  const number = first.cells.find((cell) => isNumeric(cell));
  if (header === null && number !== undefined) {
    throw new DefinitionError(
      `${file}, row ${first.number} should be the header, but contains the number ${show(number.trim())}`,
      {
        hint: 'Set header: false if it is an example, header: true if these are column names.',
        fixes: first.cells.every((cell) => isNumeric(cell)) ? [setHeader(false)] : [setHeader(false), setHeader(true)],
      },
    );
  }
  if (header === null && first.cells.length > 1 && first.cells.every(isMissing)) {
    throw new DefinitionError(`${file}, row ${first.number} should be the header, but contains no column name`, {
      hint: 'Set header: false if it is an example.',
      fixes: [setHeader(false)],
    });
  }
  return rows.shift()?.cells.map((cell) => cell.trim()) ?? null;
}

/** The fix that says whether the first row is a header. */
export const setHeader = (isHeader: boolean): Fix => ({ type: 'set', path: ['header'], value: String(isHeader) });

/**
 * The position of a column.
 * @param path the option that names it
 * @throws DefinitionError for a missing column or an ambiguous name
 */
export function findColumn(column: ColumnName, names: Names, width: number, file: string, path: OptionPath): number {
  if (typeof column === 'number') {
    if (Number.isInteger(column) && column >= 0 && column < width) return column;
    throw new DefinitionError(`${file} has no column ${column}: it has ${width} columns, counted from 0`, {
      // Counted from 1, or from the end.
      fixes: column === width || column === -1 ? [{ type: 'set', path, value: String(width - 1) }] : [],
    });
  }
  if (names === null) {
    throw new DefinitionError(
      `${file} has no header: use the zero-based position of the column instead of ${show(column)}`,
    );
  }
  const found = positions(names, (name) => name === column.trim());
  if (found.length === 1) return found[0];
  if (found.length > 1) {
    throw new DefinitionError(
      `${file} has several columns named ${show(column)}: ${found.join(', ')}, counted from 0`,
      {
        hint: 'Use the position of the column, or rename it in the file.',
      },
    );
  }
  const near = closest(column, names);
  const known = `It has ${names.slice(0, 8).map(show).join(', ')}${names.length > 8 ? ', …' : ''}.`;
  throw new DefinitionError(`${file} has no column ${show(column)}`, { hint: known, ...spelled(path, near) });
}

/**
 * All columns except the label.
 * @throws DefinitionError if a column may duplicate the label, or is unnamed or ambiguous
 */
export function otherColumns(label: number, names: Names, width: number, file: string): number[] {
  const others = Array.from({ length: width }, (_, column) => column).filter((column) => column !== label);
  if (names === null) return others;
  const twin = others.find((column) => folded(names[column]) === folded(names[label]));
  if (twin !== undefined) {
    throw new DefinitionError(
      `${file} has the label ${show(names[label])} in column ${label} and a column ${twin} named ${show(names[twin])}, counted from 0: the label would be an input`,
      { hint: 'List the inputs with `columns`, by position, or rename the column in the file.' },
    );
  }
  const unnamed = others.find((column) => names[column] === '');
  if (unnamed !== undefined) {
    throw new DefinitionError(`${file}: column ${unnamed}, counted from 0, has no name and may be a row number`, {
      hint: 'List the inputs with `columns`, or name it in the file.',
    });
  }
  const repeated = others.find((column) => names.indexOf(names[column]) < column);
  if (repeated !== undefined) {
    throw new DefinitionError(
      `${file} has several columns named ${show(names[repeated])}: ${positions(names, (name) => name === names[repeated]).join(', ')}, counted from 0`,
      { hint: 'List the inputs with `columns`, by position, or rename the columns in the file.' },
    );
  }
  return others;
}

/** Normalizes a name: lower case, single spaces. */
const folded = (name: string): string =>
  name
    .normalize('NFKC')
    .trim()
    .replace(/[\s_]+/g, ' ')
    .toLowerCase();

function positions(names: readonly string[], isMeant: (name: string) => boolean): number[] {
  return names.flatMap((name, column) => (isMeant(name) ? [column] : []));
}
