/** What is said of a function that returns nothing. */
import type { ErrorDetails } from '../../errors.ts';
import type { FunctionReader, UserFunction } from './functionSource.ts';
import { parseFunction, placeOf, textOf } from './parse.ts';

/** The details of the error: at its last statement, with `return` before it, if that is an expression. */
export function missingReturn(read: FunctionReader, fn: UserFunction): ErrorDetails {
  const hint = 'Did you forget `return`?';
  const parsed = parseFunction(read(fn));
  const { body } = parsed.node;
  const last = body.type === 'BlockStatement' ? body.body.at(-1) : undefined;
  const place = last?.type === 'ExpressionStatement' ? placeOf(parsed, last) : null;
  if (!last || !place) return { hint };
  const was = textOf(parsed, last);
  return { hint, place, fixes: [{ type: 'replace', was, text: `return ${was}`, imports: [] }] };
}
