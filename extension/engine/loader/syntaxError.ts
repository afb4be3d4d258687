/** An error in the text of a file, with its place. */
import type { Place } from '../../lab/errors.ts';

const MARK = 'depth-lab syntax error ';

interface Details {
  message: string;
  place: Place;
  hint: string | null;
}

/** Text that cannot be loaded. Its place travels in the message: hooks run on a thread of their own. */
export class SourceSyntaxError extends SyntaxError {
  override readonly name = 'SourceSyntaxError';

  constructor(message: string, place: Place, hint: string | null) {
    super(MARK + JSON.stringify({ message, place, hint } satisfies Details));
  }
}

/** What and where a syntax error was, or null for any other error. */
export function readSyntaxError(error: unknown): Details | null {
  const message = error instanceof Error ? error.message : '';
  return message.startsWith(MARK) ? JSON.parse(message.slice(MARK.length)) : null;
}

/** The place of a position in a text. */
export function placeAt(file: string, text: string, position: number): Place {
  const lines = text.slice(0, position).split('\n');
  return { file, line: lines.length, column: lines[lines.length - 1].length + 1 };
}

/** Where brackets are nested deepest. */
export function deepestNesting(file: string, text: string): Place {
  let depth = 0;
  let deepest = 0;
  let position = 0;
  for (const { 0: bracket, index } of text.matchAll(/[([{}\])]/g)) {
    depth += '([{'.includes(bracket) ? 1 : -1;
    if (depth > deepest) [deepest, position] = [depth, index];
  }
  return placeAt(file, text, position);
}
