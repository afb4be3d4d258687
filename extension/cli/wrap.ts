/** Wraps text to the width of the terminal. */
import stringWidth from 'string-width';

/**
 * Width of the terminal in columns; infinite if standard output is not a terminal, unless `COLUMNS` is set.
 */
export function terminalWidth(): number {
  const asked = Number(process.env.COLUMNS);
  const width = process.stdout.columns ?? (Number.isInteger(asked) && asked > 0 ? asked : Number.POSITIVE_INFINITY);
  // A terminal of unknown size reports 0.
  return width > 0 ? width : Number.POSITIVE_INFINITY;
}

/**
 * A paragraph, broken between words. A word that is longer than a line stays whole.
 * @param indent spaces before the first line; further lines have two more
 */
export function wrapped(text: string, width: number, indent = 2): string {
  const lines: string[] = [];
  let line = ' '.repeat(indent);
  let isEmpty = true;
  for (const word of text.split(' ')) {
    if (!isEmpty && stringWidth(line) + 1 + stringWidth(word) > width) {
      lines.push(line);
      line = ' '.repeat(indent + 2);
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line].join('\n');
}
