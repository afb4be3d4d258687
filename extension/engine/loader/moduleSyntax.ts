/** Node says of a module that it cannot parse what is wrong, and not where: here it is parsed first. */
import { parse } from 'acorn';
import { placeAt, SourceSyntaxError } from './syntaxError.ts';

/** @throws SourceSyntaxError where the text is no module in JavaScript */
export function requireModule(source: string, file: string): void {
  try {
    parse(source, { ecmaVersion: 'latest', sourceType: 'module', allowHashBang: true });
  } catch (error) {
    const { message, pos } = error as { message?: unknown; pos?: unknown };
    if (typeof message !== 'string' || typeof pos !== 'number') throw error;
    const place = placeAt(file, source, pos);
    if (source[pos] === '@') {
      throw new SourceSyntaxError(
        'decorators cannot be read: Node does not run them',
        place,
        'Call the function yourself, after the class or around the function.',
      );
    }
    const hint = instead.find(([before, after]) => before.test(source.slice(0, pos)) && after.test(source.slice(pos)));
    throw new SourceSyntaxError(`SyntaxError: ${message.replace(/ \(\d+:\d+\)$/, '')}`, place, hint?.[2] ?? null);
  }
}

/** What to write in place of syntax that is recognized by the text on both sides of the fault. */
const instead: [before: RegExp, after: RegExp, hint: string][] = [
  [/\baccessor\s+$/, /^/, 'Write a field, or a getter and a setter, in place of `accessor`.'],
  [/\bimport\b[^;]*$/, /^assert\b/, "Write `with` in place of `assert`: with { type: 'json' }."],
  [/\b(const|let|var|function)\b[^;{]*$/, /^:/, 'Types need a file that ends in .ts.'],
];
