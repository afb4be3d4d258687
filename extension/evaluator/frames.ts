/** Places in the user's files. */
import { fileURLToPath } from 'node:url';
import type { Place } from '../lab/errors.ts';
import type { Failure } from '../report/failure.ts';
import { LOAD_QUERY } from './loader/query.ts';

/** The first stack frame in a user file. */
export function userFrame(stack: string): Place | null {
  // In URLs, spaces are encoded, but parentheses are not.
  const [, url, line, column] = new RegExp(`(file:\\/\\/\\S+?)\\?${LOAD_QUERY}=1:(\\d+):(\\d+)`).exec(stack) ?? [];
  return url ? { file: fileURLToPath(url), line: Number(line), column: Number(column) } : null;
}

/** A failure without words: at a place, or else at the beginning of the file. */
export function failureAt(file: string, place: Place | null): Omit<Failure, 'message'> {
  return {
    kind: 'load',
    hint: null,
    file: place?.file ?? file,
    line: place?.line ?? 1,
    column: place?.column ?? 1,
    endLine: place?.endLine ?? null,
    endColumn: place?.endColumn ?? null,
    experiment: null,
    fixes: [],
  };
}
