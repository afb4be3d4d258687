/** Detects the delimiter of a table and splits it into cells. */
import Papa from 'papaparse';
import { DefinitionError } from '../../errors.ts';
import { type Fix, quoted } from '../../fixes.ts';
import { type DecimalMark, isNumeric } from './numbers.ts';

/** A row with its 1-based number in the file. */
export interface Row {
  cells: string[];
  number: number;
}

/** The cells of a table and its delimiter. */
export interface Cut {
  rows: Row[];
  /** Describes the delimiter, for messages. */
  delimiter: string;
  /** The same as a message suffix if the delimiter was detected; otherwise empty. */
  guess: string;
  /** Ways to mend a delimiter that the user set, if another one cuts all rows into as many cells; otherwise empty. */
  fixes: Fix[];
}

/** A run of spaces and tabs counts as one delimiter; leading and trailing ones are ignored. */
const SPACES = ' ';
const candidates = [',', ';', '\t', '|', SPACES];
/** Number of rows used to detect the delimiter, … */
const SAMPLE = 200;
/** … unless they are longer than this in total. */
const LONGEST_SAMPLE = 200_000;

/**
 * Splits a text into rows of cells, skipping empty lines and comments.
 * @param delimiter null to detect it
 * @param comment the comment prefix; null for no comments
 * @throws DefinitionError for an unclosed quote
 */
export function cutRows(
  text: string,
  file: string,
  { delimiter, comment, decimal }: { delimiter: string | null; comment: string | null; decimal: DecimalMark | null },
): Cut {
  const lines = withoutComments(text.replace(/\r\n?/g, '\n'), comment);
  const chosen = delimiter ?? guess(lines, decimal);
  const cells = `${nameOf(chosen)} between cells`;
  const better = delimiter === null ? null : fittingDelimiter(lines, decimal);
  return {
    fixes: better === null || better === delimiter ? [] : [{ type: 'set', path: ['delimiter'], value: quoted(better) }],
    rows: cut(lines, chosen, file, comment),
    delimiter: delimiter === null ? `${cells} (detected; \`delimiter\` overrides it)` : cells,
    guess: delimiter === null ? `, with ${cells} (detected; \`delimiter\` overrides it)` : '',
  };
}

/** Replaces comments by empty lines, so that row numbers do not change. */
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

/** The format of `numpy.savetxt`: columns may be padded, and a line may end with a comment. */
function spaced(text: string, comment: string | null): string[][] {
  return text.split('\n').map((line) => {
    const cells = [...line.matchAll(/"((?:[^"]|"")*)"|[^ \t]+/g)].map(
      ([all, quoted]) => quoted?.replaceAll('""', '"') ?? all,
    );
    const end = comment === null ? -1 : cells.findIndex((cell) => cell.startsWith(comment));
    return end < 0 ? cells : cells.slice(0, end);
  });
}

/** The delimiter for which all rows have the same number of cells, most of them numbers. */
function guess(text: string, decimal: DecimalMark | null): string {
  const { scored, fitting } = scores(text, decimal);
  return best(fitting.length > 0 ? fitting : scored).delimiter;
}

/** The same; null if there is no such delimiter. */
function fittingDelimiter(text: string, decimal: DecimalMark | null): string | null {
  const { fitting } = scores(text, decimal);
  return fitting.length > 0 ? best(fitting).delimiter : null;
}

interface Scored {
  delimiter: string;
  isRegular: boolean;
  value: number;
}

const best = (scored: Scored[]) => scored.reduce((first, one) => (one.value > first.value ? one : first));

function scores(text: string, decimal: DecimalMark | null): { scored: Scored[]; fitting: Scored[] } {
  const head = beginningOf(text);
  const possible = candidates.filter((delimiter) => delimiter !== decimal);
  const scored = possible.map((delimiter) => ({ delimiter, ...score(head, delimiter) }));
  const regular = scored.filter(({ isRegular }) => isRegular);
  // Cells between tabs may be empty: if tabs fit, do not merge runs of them.
  const fitting = regular.some(({ delimiter }) => delimiter === '\t')
    ? regular.filter(({ delimiter }) => delimiter !== SPACES)
    : regular;
  return { scored, fitting };
}

/** The first rows, which are used to detect the delimiter; fewer for wide tables. */
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
  // If no delimiter fits, prefer the one that splits most rows into several cells.
  const several = counts.filter((count) => count > 1).length / Math.max(1, counts.length);
  return { isRegular, value: isRegular ? numeric : several + numeric };
}

function nameOf(delimiter: string): string {
  if (delimiter === SPACES) return 'spaces';
  return delimiter === '\t' ? 'tabs' : `'${delimiter}'`;
}
