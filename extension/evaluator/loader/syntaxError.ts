/** Syntax errors with location. */
import type { Place } from '../../lab/errors.ts';

const MARK = 'depth-lab syntax error ';

interface Details {
  message: string;
  place: Place;
  hint: string | null;
}

/** A syntax error. The location is encoded in the message, because hooks run on a separate thread. */
export class SourceSyntaxError extends SyntaxError {
  override readonly name = 'SourceSyntaxError';

  constructor(message: string, place: Place, hint: string | null) {
    super(MARK + JSON.stringify({ message, place, hint } satisfies Details));
  }
}

/** The details of a syntax error, or null for any other error. */
export function readSyntaxError(error: unknown): Details | null {
  const message = error instanceof Error ? error.message : '';
  return message.startsWith(MARK) ? JSON.parse(message.slice(MARK.length)) : null;
}

/** The location of an offset in a text. */
export function placeAt(file: string, text: string, position: number): Place {
  const lines = text.slice(0, position).split('\n');
  return { file, line: lines.length, column: lines[lines.length - 1]!.length + 1 };
}

/** The location of the deepest bracket nesting. */
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
