/** Strips types in place, as Node itself does, with errors that say where they are. */
import amaro from 'amaro';
import type { Place } from '../../lab/errors.ts';

/** Text that is no TypeScript. Its place travels in the message: hooks run on a thread of their own. */
export class SourceSyntaxError extends SyntaxError {
  override readonly name = 'SourceSyntaxError';
}

const MARK = 'depth-lab syntax error ';

/** @throws SourceSyntaxError for {@link readSyntaxError} */
export function stripTypes(source: string, file: string): string {
  try {
    return amaro.transformSync(source, { mode: 'strip-only' }).code;
  } catch (error) {
    const { message, startLine, startColumn, endLine, endColumn } = error as Record<string, unknown>;
    if (typeof startLine !== 'number' || typeof startColumn !== 'number') throw error;
    // The compiler counts columns from 0.
    const place = {
      file,
      line: startLine,
      column: startColumn + 1,
      endLine: Number(endLine ?? startLine),
      endColumn: Number(endColumn ?? startColumn) + 1,
    };
    throw new SourceSyntaxError(MARK + JSON.stringify({ message, place }));
  }
}

/** What and where a syntax error was, or null for any other error. */
export function readSyntaxError(error: unknown): { message: string; place: Place } | null {
  const message = error instanceof Error ? error.message : '';
  return message.startsWith(MARK) ? JSON.parse(message.slice(MARK.length)) : null;
}
