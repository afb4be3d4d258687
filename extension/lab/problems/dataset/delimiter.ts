/** What stands between the cells of a table, and how a table is cut there. */
import Papa from 'papaparse';
import { DefinitionError } from '../../errors.ts';
import { type DecimalMark, isNumeric } from './numbers.ts';

/** A row with its number in the file, from 1. */
export interface Row {
  cells: string[];
  number: number;
}

/** Cells as they were cut, and by what. */
export interface Cut {
  rows: Row[];
  /** Says what stands between cells, for messages. */
  delimiter: string;
  /** The same at the end of a message, where it was found out; else empty. */
  guess: string;
}

/** Runs of spaces and tabs count as one, and those at the ends of a line as none. */
const SPACES = ' ';
const candidates = [',', ';', '\t', '|', SPACES];
/** Rows that tell what the delimiter is. */
const SAMPLE = 200;
/** … as long as these are not longer together. */
const LONGEST_SAMPLE = 200_000;

/**
 * Cuts a text into rows of cells, without empty lines and comments.
 * @param delimiter null finds it out
 * @param comment what a line that does not count begins with; null for none
 * @throws DefinitionError for a quote that is not closed
 */
export function cutRows(
  text: string,
  file: string,
  { delimiter, comment, decimal }: { delimiter: string | null; comment: string | null; decimal: DecimalMark | null },
): Cut {
  const lines = withoutComments(text.replace(/\r\n?/g, '\n'), comment);
  const chosen = delimiter ?? guess(lines, decimal);
  const cells = `${nameOf(chosen)} between cells`;
  return {
    rows: cut(lines, chosen, file, comment),
    delimiter: delimiter === null ? `${cells} (a guess: \`delimiter\` sets it)` : cells,
    guess: delimiter === null ? `, with ${cells} (a guess: \`delimiter\` sets it)` : '',
  };
}

/** Comments become empty lines, so that rows keep their numbers. */
function withoutComments(text: string, comment: string | null): string {
  if (comment === null) return text;
  return text
    .split('\n')
    .map((line) => (line.trimStart().startsWith(comment) ? '' : line))
    .join('\n');
}

function cut(text: string, delimiter: string, file: string, comment: string | null): Row[] {
  const rows = delimiter === SPACES ? spaced(text, comment) : separated(text, delimiter, file);
  return rows
    .map((cells, i) => ({ cells, number: i + 1 }))
    .filter(({ cells }) => cells.length > 1 || (cells[0] ?? '').trim() !== '');
}

function separated(text: string, delimiter: string, file: string): string[][] {
  const { data, errors } = Papa.parse<string[]>(text, { delimiter, newline: '\n', skipEmptyLines: false });
  const broken = errors.find(({ type }) => type === 'Quotes');
  if (broken) throw new DefinitionError(`${file}, row ${(broken.row ?? 0) + 1}: ${broken.message.toLowerCase()}`);
  return data;
}

/** As `numpy.savetxt` writes: columns may be padded, and a comment may end a line. */
function spaced(text: string, comment: string | null): string[][] {
  return text.split('\n').map((line) => {
    const cells = [...line.matchAll(/"((?:[^"]|"")*)"|[^ \t]+/g)].map(
      ([all, quoted]) => quoted?.replaceAll('""', '"') ?? all,
    );
    const end = comment === null ? -1 : cells.findIndex((cell) => cell.startsWith(comment));
    return end < 0 ? cells : cells.slice(0, end);
  });
}

/** The delimiter under which all rows have equally many cells, and most of them are numbers. */
function guess(text: string, decimal: DecimalMark | null): string {
  const head = beginningOf(text);
  const possible = candidates.filter((delimiter) => delimiter !== decimal);
  const scored = possible.map((delimiter) => ({ delimiter, ...score(head, delimiter) }));
  const regular = scored.filter(({ isRegular }) => isRegular);
  // Between tabs a cell may be empty: where tabs fit, runs of them are not one.
  const fitting = regular.some(({ delimiter }) => delimiter === '\t')
    ? regular.filter(({ delimiter }) => delimiter !== SPACES)
    : regular;
  const pool = fitting.length > 0 ? fitting : scored;
  return pool.reduce((best, one) => (one.value > best.value ? one : best)).delimiter;
}

/** As many rows as tell what the delimiter is: the first ones, fewer of wide tables. */
function beginningOf(text: string): string {
  const kept: string[] = [];
  let length = 0;
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    if (kept.length === SAMPLE || (kept.length > 2 && length > LONGEST_SAMPLE)) break;
    kept.push(line);
    length += line.length;
  }
  return kept.join('\n');
}

function score(text: string, delimiter: string): { isRegular: boolean; value: number } {
  const rows =
    delimiter === SPACES
      ? spaced(text, null)
      : Papa.parse<string[]>(text, { delimiter, newline: '\n', skipEmptyLines: true }).data;
  const counts = rows.map((cells) => cells.length);
  const width = counts.at(-1) ?? 0;
  const isRegular = width > 1 && counts.every((count) => count === width);
  const cells = rows.slice(rows.length > 1 ? 1 : 0).flat();
  const numeric = cells.filter(isNumeric).length / Math.max(1, cells.length);
  // Where nothing fits, the one that cuts most rows into several cells.
  const several = counts.filter((count) => count > 1).length / Math.max(1, counts.length);
  return { isRegular, value: isRegular ? numeric : several + numeric };
}

function nameOf(delimiter: string): string {
  if (delimiter === SPACES) return 'spaces';
  return delimiter === '\t' ? 'tabs' : `'${delimiter}'`;
}
