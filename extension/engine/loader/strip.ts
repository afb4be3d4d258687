/** Strips types in place, as Node itself does, with errors that say where they are and what to write instead. */
import amaro from 'amaro';
import { requireModule } from './moduleSyntax.ts';
import { SourceSyntaxError } from './syntaxError.ts';

/** TypeScript that has a meaning when the program runs: taking the types away would change it. */
const instead: [RegExp, string][] = [
  [/\benum\b/, 'Write a plain object: const Colour = { Red: 0, Green: 1 } as const.'],
  [/\b(namespace|module)\b/, 'Write a plain object `as const`, or put its members into a file of their own.'],
  [/parameter property/, 'Declare the field, and assign it in the constructor: this.k = k.'],
  [/import equals/, "Write import name from '…', or import * as name from '…'."],
  [/export assignment/, 'Write export default.'],
];

/** @throws SourceSyntaxError */
export function stripTypes(source: string, file: string): string {
  const code = strip(source, file);
  requireModule(code, file);
  return code;
}

function strip(source: string, file: string): string {
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
    const text = String(message).replace(
      /^`module` keyword is not.*/,
      'TypeScript module declaration is not supported',
    );
    const hint = instead.find(([pattern]) => pattern.test(text))?.[1] ?? null;
    throw new SourceSyntaxError(text, place, hint);
  }
}
