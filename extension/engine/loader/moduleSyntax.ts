/** Node says of a module that it cannot parse what is wrong, and not where: here it is parsed first. */
import { parse } from 'acorn';
import { deepestNesting, placeAt, SourceSyntaxError } from './syntaxError.ts';

/** @throws SourceSyntaxError where the text is no module in JavaScript */
export function requireModule(source: string, file: string): void {
  try {
    parse(source, { ecmaVersion: 'latest', sourceType: 'module', allowHashBang: true });
  } catch (error) {
    throw syntaxError(error, source, file);
  }
}

/** What a parser threw, with its place and with what to write instead; anything else is returned as it is. */
export function syntaxError(error: unknown, source: string, file: string): unknown {
  const { message, pos } = error as { message?: unknown; pos?: unknown };
  if (error instanceof RangeError || /^Not enough stack space/.test(String(message))) {
    return new SourceSyntaxError('nested too deeply to be read', deepestNesting(file, source), null);
  }
  if (typeof message !== 'string' || typeof pos !== 'number') return error;
  const place = placeAt(file, source, pos);
  if (source[pos] === '@') {
    return new SourceSyntaxError(
      'decorators cannot be read: Node does not run them',
      place,
      'Call the function yourself, after the class or around the function.',
    );
  }
  const hint = instead.find(([before, after]) => before.test(source.slice(0, pos)) && after.test(source.slice(pos)));
  return new SourceSyntaxError(`SyntaxError: ${message.replace(/ \(\d+:\d+\)$/, '')}`, place, hint?.[2] ?? null);
}

/** What to write in place of syntax that is recognized by the text on both sides of the fault. */
const instead: [before: RegExp, after: RegExp, hint: string][] = [
  [/\baccessor\s+$/, /^/, 'Write a field, or a getter and a setter, in place of `accessor`.'],
  [/\bimport\b[^;]*$/, /^assert\b/, "Write `with` in place of `assert`: with { type: 'json' }."],
  [/\b(const|let|var|function)\b[^;{]*$/, /^:/, 'Types need a file that ends in .ts.'],
];
