/** Checks the syntax of imported JSON files. */
import { placeAt, SourceSyntaxError } from './syntaxError.ts';

/** @throws SourceSyntaxError if the text is not valid JSON */
export function requireJson(text: string, file: string): void {
  const message = faultOf(text);
  if (message === null) return;
  // The error is at the end of the longest valid prefix.
  let [good, bad] = [0, text.length];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (isBeginning(text.slice(0, middle))) good = middle;
    else bad = middle;
  }
  const position = isBeginning(text) ? text.length : good;
  throw new SourceSyntaxError(`this is not valid JSON: ${message}`, placeAt(file, text, position), null);
}

function faultOf(text: string): string | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message.replace(/ \(line \d+ column \d+\)$/, '') : String(error);
  }
}

function isBeginning(text: string): boolean {
  const fault = faultOf(text);
  if (fault === null || /end of JSON|Unterminated/.test(fault)) return true;
  const position = /position (\d+)/.exec(fault)?.[1];
  return position !== undefined && Number(position) >= text.length;
}
