/** Tables that fit the terminal: where there is little room, columns are narrowed, shortened, dropped or stacked. */
import Table from 'cli-table3';
import stringWidth from 'string-width';
import type { Column } from '../report/tables.ts';
import { wrapped } from './wrap.ts';

const INDENT = 2;
const WIDE_GAP = 4;
const NARROW_GAP = 2;
/** Names keep at least this many characters. */
const SHORTEST_NAME = 8;

/**
 * A table without frames, no line of which is longer than `width`.
 * @param width columns of the terminal; infinite where it is none
 */
export function tableText(columns: readonly Column[], width: number): string {
  if (widthOf(columns, WIDE_GAP) <= width) return rendered(columns, WIDE_GAP);
  if (widthOf(columns, NARROW_GAP) <= width) return rendered(columns, NARROW_GAP);
  const kept = columns.map(({ short, ...rest }): Column => ({ ...rest, head: short ?? rest.head }));
  const left: string[] = [];
  while (widthOf(kept, NARROW_GAP) > width) {
    const last = kept.reduce((worst, column) => ((column.rank ?? 0) > (worst.rank ?? 0) ? column : worst));
    if (last.rank === undefined) break;
    kept.splice(kept.indexOf(last), 1);
    left.push(last.head);
  }
  const short = shortened(kept, width);
  if (short === null) return stacked(columns, width);
  const note = left.length > 0 ? `\n${wrapped(`Not shown, for lack of room: ${left.join(', ')}.`, width)}` : '';
  return `${rendered(short, NARROW_GAP)}${note}`;
}

const cellsOf = (column: Column) => [column.head, ...column.cells];

const columnWidth = (column: Column) => cellsOf(column).reduce((most, text) => Math.max(most, stringWidth(text)), 0);

function widthOf(columns: readonly Column[], gap: number): number {
  const widths = columns.map(columnWidth);
  return INDENT + widths.reduce((sum, one) => sum + one, 0) + gap * (columns.length - 1);
}

/** The table with shorter names; null if that is not enough. */
function shortened(columns: readonly Column[], width: number): Column[] | null {
  const short: Column[] = columns.map((column) => ({ ...column }));
  while (widthOf(short, NARROW_GAP) > width) {
    const names = short.filter((column) => column.isName && columnWidth(column) > SHORTEST_NAME);
    if (names.length === 0) return null;
    const longest = names.reduce((a, b) => (columnWidth(b) > columnWidth(a) ? b : a));
    const room = columnWidth(longest) - 1;
    longest.head = cut(longest.head, room);
    longest.cells = longest.cells.map((text) => cut(text, room));
  }
  // Names must stay distinguishable.
  return rowNames(short).size === rowNames(columns).size ? short : null;
}

function rowNames(columns: readonly Column[]): Set<string> {
  const names = columns.filter(({ isName }) => isName);
  return new Set((names[0]?.cells ?? []).map((_, row) => JSON.stringify(names.map(({ cells }) => cells[row]))));
}

function cut(text: string, room: number): string {
  if (stringWidth(text) <= room) return text;
  let kept = '';
  for (const character of text) {
    if (stringWidth(kept + character) > room - 1) break;
    kept += character;
  }
  return `${kept}…`;
}

function rendered(columns: readonly Column[], gap: number): string {
  const none = { 'top-mid': '', 'top-left': '', 'top-right': '', top: '' };
  const end = { 'bottom-mid': '', 'bottom-left': '', 'bottom-right': '', bottom: '' };
  const table = new Table({
    head: columns.map(({ head }) => head),
    style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 0 },
    chars: {
      ...none,
      ...end,
      left: ' '.repeat(INDENT),
      right: '',
      middle: ' '.repeat(gap),
      mid: '─',
      'left-mid': ' '.repeat(INDENT),
      'mid-mid': '─'.repeat(gap),
      'right-mid': '',
    },
    colAligns: columns.map(({ align }) => align),
  });
  const rows = columns[0]?.cells.length ?? 0;
  for (let row = 0; row < rows; row++) table.push(columns.map(({ cells }) => cells[row]));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n');
}

/** Stacked layout: for each row its names, and below them its numbers. */
function stacked(columns: readonly Column[], width: number): string {
  const names = columns.filter(({ isName }) => isName);
  const numbers = columns.filter(({ isName }) => !isName);
  const rows = columns[0]?.cells.length ?? 0;
  return Array.from({ length: rows }, (_, row) =>
    [
      wrapped(names.map(({ cells }) => cells[row]).join(' · '), width),
      ...numbers
        .filter(({ cells }) => cells[row] !== '' && cells[row] !== '–')
        .map(({ head, cells }) => wrapped(`${head}: ${cells[row]}`, width, INDENT + 2)),
    ].join('\n'),
  ).join('\n');
}
