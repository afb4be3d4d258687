/** How a table of text is written down. */
import { DefinitionError } from '../../errors.ts';
import { type Options, show } from '../../options.ts';
import type { CsvLayout } from './csv.ts';
import { ENCODINGS, type TextEncoding } from './text.ts';

/** How a table of text is written down; what is left out is found out or has its usual value. */
export interface TableFormat {
  /**
   * What separates cells: `','`, `';'`, `'\t'`, `'|'`, or `' '` for runs of spaces and tabs, as `numpy.savetxt` and many
   * data archives write. Without it, it is found out.
   */
  delimiter?: string;
  /** What stands before the fraction of a number: `'.'`, or `','` as in 1,5 (default `'.'`). */
  decimal?: '.' | ',';
  /** How the bytes of the file encode its text (default `'utf-8'`). */
  encoding?: TextEncoding;
  /** What a line that does not count begins with, or false where all lines count (default `'#'`). */
  comment?: string | false;
}

/** The options of {@link TableFormat}. */
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
  throw new DefinitionError(`${block}: 'delimiter' must be a text such as ';' or '\\t'; it is ${show(value)}`);
}

function readComment(value: unknown, block: string): string | null {
  if (value === false) return null;
  if (typeof value === 'string' && value.trim() !== '') return value;
  throw new DefinitionError(`${block}: 'comment' must be a text such as '#', or false; it is ${show(value)}`);
}
