/** Strips types in place like Node, with located errors and hints. */
import { type ParserOptions, parse } from '@babel/parser';
import { requireModule, syntaxError } from './moduleSyntax.ts';
import { placeAt, SourceSyntaxError } from './syntaxError.ts';
import { eraseTypes } from './types/erase.ts';
import type { Placed } from './types/nodes.ts';
import { refusalOf } from './types/refusals.ts';

const options: ParserOptions = {
  sourceType: 'module',
  // Accept syntax that Node does not support, so that the JavaScript parser reports it uniformly for both languages.
  plugins: ['typescript', 'decorators-legacy', 'decoratorAutoAccessors', 'deprecatedImportAssert'],
  allowUndeclaredExports: true,
  attachComment: false,
  createParenthesizedExpressions: true,
  tokens: true,
};

/** @throws SourceSyntaxError */
export function stripTypes(source: string, file: string): string {
  const code = strip(source, file);
  requireModule(code, file);
  return code;
}

function strip(source: string, file: string): string {
  const check = (node: Placed) => {
    const refusal = refusalOf(node);
    if (!refusal) return;
    const { line: endLine, column: endColumn } = placeAt(file, source, node.end);
    throw new SourceSyntaxError(
      refusal.message,
      { ...placeAt(file, source, node.start), endLine, endColumn },
      refusal.hint,
    );
  };
  try {
    return eraseTypes(source, parse(source, options), check);
  } catch (error) {
    throw syntaxError(error, source, file);
  }
}
