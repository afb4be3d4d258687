/** Tables as CSV (RFC 4180, lines end with `\n`), with every number to the bit. */
import type { Cell, Column, Table } from './table.ts';

/** Rows of one piece of text. */
const PIECE = 10_000;

/** The file in pieces. Missing values are empty; numbers that are not finite are `NaN`, `inf` and `-inf`. */
export function* csv({ rows, columns }: Table): Generator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode(`${columns.map(({ name }) => quoted(name)).join(',')}\n`);
  for (let from = 0; from < rows; from += PIECE) {
    let text = '';
    for (let row = from; row < Math.min(rows, from + PIECE); row++) {
      text += `${columns.map((column) => cellText(column, row)).join(',')}\n`;
    }
    yield encoder.encode(text);
  }
}

function cellText({ type, values }: Column, row: number): string {
  const value = values[row] as Cell;
  if (value === null) return '';
  if (typeof value === 'string') return quoted(value);
  return type === 'number' ? decimalText(value as number) : String(value);
}

/** The shortest text that is read as this number; with a point or an exponent, so that no reader takes it for an integer. */
export function decimalText(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  if (Object.is(value, -0)) return '-0.0';
  const text = String(value);
  return /[.e]/.test(text) ? text : `${text}.0`;
}

/** An empty text is quoted, so that it is not taken for a missing one. */
const quoted = (text: string) =>
  text === '' || /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
