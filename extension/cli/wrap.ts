/** Text that fits the terminal. */
import stringWidth from 'string-width';

/**
 * Columns of the terminal that standard output is; infinite where it is none. `COLUMNS` says it where the output goes
 * elsewhere.
 */
export function terminalWidth(): number {
  const asked = Number(process.env.COLUMNS);
  const width = process.stdout.columns ?? (Number.isInteger(asked) && asked > 0 ? asked : Number.POSITIVE_INFINITY);
  // A terminal that does not know its size says 0.
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
