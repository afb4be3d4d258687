/** Parses the text of one function: an arrow function, a function expression, or a method. */
import { type ArrowFunctionExpression, type FunctionExpression, type Node, parseExpressionAt } from 'acorn';
import { DefinitionError, type Place } from '../../errors.ts';
import type { FunctionSource } from './functionSource.ts';

export type FunctionNode = ArrowFunctionExpression | FunctionExpression;

export interface ParsedFunction {
  source: FunctionSource;
  node: FunctionNode;
  /** Length of the prefix before the user's text in the parsed text. */
  shift: number;
}

const wrappings = [
  { before: '(', after: ')', pick: (node: Node) => node },
  { before: '({', after: '})', pick: methodOf },
];

const known = new WeakMap<FunctionSource, ParsedFunction>();

/** @throws DefinitionError if the text is not a function of one of these forms (a class, a built-in function) */
export function parseFunction(source: FunctionSource): ParsedFunction {
  let parsed = known.get(source);
  if (!parsed) {
    parsed = parse(source);
    known.set(source, parsed);
  }
  return parsed;
}

function parse(source: FunctionSource): ParsedFunction {
  for (const { before, after, pick } of wrappings) {
    try {
      // As in a module: strict, with `import.meta`.
      const node = pick(
        parseExpressionAt(before + source.text + after, 0, { ecmaVersion: 'latest', sourceType: 'module' }),
      );
      if (node?.type === 'ArrowFunctionExpression' || node?.type === 'FunctionExpression') {
        return { source, node: node as FunctionNode, shift: before.length };
      }
    } catch (error) {
      if (error instanceof Error && /stack/.test(error.message)) {
        throw new DefinitionError('this function is nested too deeply to be read', {
          place: source.start,
          hint: 'Use intermediate variables, a loop, or an array of alternatives.',
        });
      }
      // Not in this form.
    }
  }
  const isClass = /^class\b/.test(source.text);
  throw new DefinitionError(
    isClass ? 'classes are not supported' : 'the source code of this function is not available',
    {
      place: source.start,
      hint: 'Use an arrow function or a function written in your own files.',
    },
  );
}

function methodOf(node: Node): Node | null {
  if (node.type !== 'ObjectExpression') return null;
  const [property] = (node as Node & { properties: { value?: Node }[] }).properties;
  return property?.value ?? null;
}

/** The location of a syntax node in the user's file. */
export function placeOf(parsed: ParsedFunction, node: Node): Place | null {
  const { start, text } = parsed.source;
  if (!start) return null;
  const from = advance(start, text.slice(0, node.start - parsed.shift));
  const to = advance(from, text.slice(node.start - parsed.shift, node.end - parsed.shift));
  return { file: start.file, line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
}

/** The text of a syntax node. */
export const textOf = ({ source, shift }: ParsedFunction, { start, end }: Node): string =>
  source.text.slice(start - shift, end - shift);

function advance(from: { line: number; column: number }, text: string): { line: number; column: number } {
  const lines = text.split('\n');
  const last = lines[lines.length - 1];
  if (lines.length === 1) return { line: from.line, column: from.column + last.length };
  return { line: from.line + lines.length - 1, column: last.length + 1 };
}
