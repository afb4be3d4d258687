/** The names of a table's columns, and which of them are meant. */
import { DefinitionError } from '../../errors.ts';
import { closest, show } from '../../options.ts';
import type { Row } from './delimiter.ts';
import { isMissing, isNumeric } from './numbers.ts';

/** A column by name, or by position from 0. */
export type ColumnName = string | number;

/** Names of the columns, null for a table without header. */
export type Names = readonly string[] | null;

/**
 * Whether a table's first row names its columns.
 * @param header what the user says of it; null where nothing was said
 * @throws DefinitionError where it could be an example as well: no row is lost, and none is made up
 */
export function readHeader(rows: Row[], header: boolean | null, file: string): Names {
  const [first] = rows;
  if (header === false || !first) return null;
  const number = first.cells.find((cell) => isNumeric(cell));
  if (header === null && number !== undefined) {
    throw new DefinitionError(
      `${file}, row ${first.number} should be the header, and has the number ${show(number.trim())} in it`,
      { hint: 'Give header: false where it is an example, header: true where these are the names of columns.' },
    );
  }
  if (header === null && first.cells.length > 1 && first.cells.every(isMissing)) {
    throw new DefinitionError(`${file}, row ${first.number} should be the header, and names no column`, {
      hint: 'Give header: false where it is an example.',
    });
  }
  return rows.shift()?.cells.map((cell) => cell.trim()) ?? null;
}

/**
 * The position of a column.
 * @throws DefinitionError for a column that is not there, or a name that two have
 */
export function findColumn(column: ColumnName, names: Names, width: number, file: string): number {
  if (typeof column === 'number') {
    if (Number.isInteger(column) && column >= 0 && column < width) return column;
    throw new DefinitionError(`${file} has no column ${column}: it has ${width}, counted from 0`);
  }
  if (names === null) {
    throw new DefinitionError(`${file} has no header: give the column ${show(column)} by its position from 0`);
  }
  const found = positions(names, (name) => name === column.trim());
  if (found.length === 1) return found[0];
  if (found.length > 1) {
    throw new DefinitionError(
      `${file} has several columns named ${show(column)}: ${found.join(', ')}, counted from 0`,
      {
        hint: 'Give the one that is meant by its position, or rename it in the file.',
      },
    );
  }
  const near = closest(column, names);
  const known = `It has ${names.slice(0, 8).map(show).join(', ')}${names.length > 8 ? ', …' : ''}.`;
  throw new DefinitionError(`${file} has no column ${show(column)}`, {
    hint: near ? `Did you mean '${near}'?` : known,
  });
}

/**
 * All columns but the label.
 * @throws DefinitionError where one of them may be the label once more, or where it is not clear what it is
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
    throw new DefinitionError(`${file}: column ${unnamed}, counted from 0, has no name: is it a row number?`, {
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

/** As a reader takes a name: without its case, and with single spaces. */
const folded = (name: string): string =>
  name
    .normalize('NFKC')
    .trim()
    .replace(/[\s_]+/g, ' ')
    .toLowerCase();

function positions(names: readonly string[], isMeant: (name: string) => boolean): number[] {
  return names.flatMap((name, column) => (isMeant(name) ? [column] : []));
}
