/** Text of users on the terminal: what would move the cursor, hide text or turn its direction is shown as an escape. */

/** Control characters, and those that turn the direction of text or are invisible, but not line breaks and tabs. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be printed
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Text of one or more lines. */
export function printable(text: string): string {
  return text.replace(CONTROLS, escaped);
}

/** A name: line breaks and tabs are escaped as well. */
export function printableName(text: string): string {
  return printable(text.replaceAll('\n', '\\n').replaceAll('\t', '\\t'));
}

/** A copy of plain data with every text in it as {@link printableName}. Numeric arrays are the same objects. */
export function withPrintableNames<T>(value: T): T {
  if (typeof value === 'string') return printableName(value) as T;
  if (Array.isArray(value)) return value.map(withPrintableNames) as T;
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  const entries = Object.entries(value).map(([key, part]) => [printableName(key), withPrintableNames(part)]);
  return Object.fromEntries(entries) as T;
}

/** One line of JSON, which a terminal can show: JSON itself escapes only some of these characters. */
export function jsonLine(value: unknown): string {
  return JSON.stringify(value).replace(CONTROLS, escaped);
}
