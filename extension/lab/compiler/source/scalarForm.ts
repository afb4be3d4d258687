/** What is written for numbers in place of an operation on tensors. */
import type * as acorn from 'acorn';
import { type ParsedFunction, textOf } from './parse.ts';

const operators: Readonly<Record<string, string>> = {
  ...{ add: '+', subtract: '-', multiply: '*', divide: '/', power: '**' },
};

const functions: Readonly<Record<string, string>> = {
  ...{ abs: 'abs', cos: 'cos', exp: 'exp', log: 'log', sin: 'sin', sqrt: 'sqrt', tanh: 'tanh' },
  ...{ minimum: 'min', maximum: 'max' },
};

/** A call of an operation, written for numbers; null if there is no such form. @param parts the arguments as written */
export function scalarForm(operation: string, parts: readonly string[] | null): string | null {
  if (parts === null) return null;
  const [a, b] = parts;
  const operator = Object.hasOwn(operators, operation) ? operators[operation] : undefined;
  // A negative base needs brackets, and they change nothing elsewhere.
  if (operator && parts.length === 2) return `(${bracketed(a)} ${operator} ${bracketed(b)})`;
  if (operation === 'negate' && parts.length === 1) return `(-${bracketed(a)})`;
  if (operation === 'square' && parts.length === 1) return `${bracketed(a)} ** 2`;
  return Object.hasOwn(functions, operation) ? `Math.${functions[operation]}(${parts.join(', ')})` : null;
}

/** The arguments of a call as they are written; null if some are spread. */
export function callArguments(parsed: ParsedFunction, call: acorn.Node): string[] | null {
  if (call.type !== 'CallExpression') return null;
  const parts = (call as acorn.CallExpression).arguments;
  return parts.some(({ type }) => type === 'SpreadElement') ? null : parts.map((part) => textOf(parsed, part));
}

/** Text as an operand. */
export const bracketed = (text: string): string => (/^[\w$.]+$|^[\w$.]+\([^()]*\)$/.test(text) ? text : `(${text})`);
