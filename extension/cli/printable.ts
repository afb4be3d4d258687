/** Text of users on the terminal: what would move the cursor, hide text or turn its direction is shown as an escape. */
import { jsonText } from '../export/jsonText.ts';
import { visible } from '../report/hidden.ts';

/** Text of one or more lines. */
export const printable = visible;

/** A name: line breaks and tabs are escaped as well. */
export function printableName(text: string): string {
  return visible(text.replaceAll('\n', '\\n').replaceAll('\t', '\\t'));
}

/** A copy of plain data with every text in it as {@link printableName}. Numeric arrays are the same objects. */
export function withPrintableNames<T>(value: T): T {
  if (typeof value === 'string') return printableName(value) as T;
  if (Array.isArray(value)) return value.map(withPrintableNames) as T;
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  const entries = Object.entries(value).map(([key, part]) => [printableName(key), withPrintableNames(part)]);
  return Object.fromEntries(entries) as T;
}

/**
 * One line of JSON, which a terminal can show: JSON itself escapes only some of these characters. Every number can be
 * read back to the bit; those that JSON does not know are the texts `NaN`, `Infinity` and `-Infinity`.
 */
export function jsonLine(value: unknown): string {
  return visible(jsonText(value));
}
