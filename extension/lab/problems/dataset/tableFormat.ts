/** The format of a text table. */
import { DefinitionError } from '../../errors.ts';
import { type Options, show } from '../../options.ts';
import type { CsvLayout } from './csv.ts';
import { ENCODINGS, type TextEncoding } from './text.ts';

/** The format of a text table; omitted options are detected or have defaults. */
export interface TableFormat {
  /**
   * The delimiter: `','`, `';'`, `'\t'`, `'|'`, or `' '` for runs of spaces and tabs, as written by `numpy.savetxt`.
   * Detected by default.
   * @example delimiter: ';'
   */
  delimiter?: string;
  /**
   * The decimal separator: `'.'`, or `','` as in 1,5 (default `'.'`).
   * @example decimal: ','
   */
  decimal?: '.' | ',';
  /**
   * The text encoding of the file (default `'utf-8'`).
   * @example encoding: 'windows-1252'
   */
  encoding?: TextEncoding;
  /**
   * The prefix of comment lines, or false for no comments (default `'#'`).
   * @example comment: '%'
   */
  comment?: string | false;
}

/** The option names of {@link TableFormat}. */
export const tableFormatOptions = ['delimiter', 'decimal', 'encoding', 'comment'];

/** @param block names the building block in messages */
export function readTableFormat(
  read: Options,
  block: string,
): Pick<CsvLayout, 'delimiter' | 'decimal' | 'encoding' | 'comment'> {
  const delimiter = read.has('delimiter') ? readDelimiter(read.raw('delimiter'), block) : null;
  const decimal = read.has('decimal') ? read.choice('decimal', ['.', ','], '.') : null;
  if (delimiter !== null && delimiter === decimal) {
    throw new DefinitionError(`${block}: 'delimiter' and 'decimal' are both ${show(decimal)}`);
  }
  return {
    delimiter,
    decimal,
    encoding: read.has('encoding') ? read.choice('encoding', ENCODINGS, 'utf-8') : null,
    comment: readComment(read.raw('comment') ?? '#', block),
  };
}

function readDelimiter(value: unknown, block: string): string {
  if (typeof value === 'string' && value !== '' && !/["\r\n\ufeff]/.test(value)) {
    return /^[ \t]* [ \t]*$/.test(value) ? ' ' : value;
  }
  throw new DefinitionError(`${block}: 'delimiter' must be a string such as ';' or '\\t'; it is ${show(value)}`);
}

function readComment(value: unknown, block: string): string | null {
  if (value === false) return null;
  if (typeof value === 'string' && value.trim() !== '') return value;
  throw new DefinitionError(`${block}: 'comment' must be a string such as '#', or false; it is ${show(value)}`);
}
