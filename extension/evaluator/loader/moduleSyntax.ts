/** Parses modules before Node does, because Node's syntax errors lack a location. */
import { parse } from 'acorn';
import { deepestNesting, placeAt, SourceSyntaxError } from './syntaxError.ts';

/** @throws SourceSyntaxError if the text is not a JavaScript module */
export function requireModule(source: string, file: string): void {
  try {
    parse(source, { ecmaVersion: 'latest', sourceType: 'module', allowHashBang: true });
  } catch (error) {
    throw syntaxError(error, source, file);
  }
}

/** Converts a parser error to one with location and hint; other errors are returned unchanged. */
export function syntaxError(error: unknown, source: string, file: string): unknown {
  const { message, pos } = error as { message?: unknown; pos?: unknown };
  if (error instanceof RangeError || /^Not enough stack space/.test(String(message))) {
    return new SourceSyntaxError('the code is nested too deeply', deepestNesting(file, source), null);
  }
  if (typeof message !== 'string' || typeof pos !== 'number') return error;
  const place = placeAt(file, source, pos);
  if (source[pos] === '@') {
    return new SourceSyntaxError(
      'decorators are not supported by Node',
      place,
      'Call the function yourself, after the class or around the function.',
    );
  }
  const hint = instead.find(([before, after]) => before.test(source.slice(0, pos)) && after.test(source.slice(pos)));
  return new SourceSyntaxError(`SyntaxError: ${message.replace(/ \(\d+:\d+\)$/, '')}`, place, hint?.[2] ?? null);
}

/** Hints for unsupported syntax, recognized by the text before and after the error. */
const instead: [before: RegExp, after: RegExp, hint: string][] = [
  [/\baccessor\s+$/, /^/, 'Write a field, or a getter and a setter, in place of `accessor`.'],
  [/\bimport\b[^;]*$/, /^assert\b/, "Write `with` in place of `assert`: with { type: 'json' }."],
  [/\b(const|let|var|function)\b[^;{]*$/, /^:/, 'Types require a .ts file.'],
];
