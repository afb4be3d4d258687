/** The scalar functions of the graph as expressions of C. */
import type { BinaryFunction, UnaryFunction } from '../functions.ts';

/** Functions of the C library that agree with JavaScript's of another name or of the same. */
const library: Partial<Record<UnaryFunction | BinaryFunction, string>> = {
  abs: 'fabs',
  remainder: 'fmod',
};

/** Functions that `elementary.c` defines. */
const own = new Set<UnaryFunction | BinaryFunction>([
  ...(['exp', 'expm1', 'log', 'log1p', 'tanh', 'sigmoid', 'softplus', 'sign', 'round'] as const),
  ...(['min', 'max', 'power'] as const),
]);

const operators: Partial<Record<BinaryFunction, string>> = { add: '+', subtract: '-', multiply: '*', divide: '/' };
const relations: Partial<Record<BinaryFunction, string>> = {
  ...{ less: '<', lessEqual: '<=', greater: '>', greaterEqual: '>=', equal: '==', notEqual: '!=' },
};

export function printUnary(fn: UnaryFunction, x: string): string {
  if (fn === 'negate') return `-${x}`;
  if (fn === 'not') return `${x} == 0 ? 1.0 : 0.0`;
  return `${nameOf(fn)}(${x})`;
}

export function printBinary(fn: BinaryFunction, a: string, b: string): string {
  if (operators[fn]) return `${a} ${operators[fn]} ${b}`;
  if (relations[fn]) return `${a} ${relations[fn]} ${b} ? 1.0 : 0.0`;
  switch (fn) {
    case 'and':
      return `(${a} != 0) & (${b} != 0) ? 1.0 : 0.0`;
    case 'or':
      return `(${a} != 0) | (${b} != 0) ? 1.0 : 0.0`;
    case 'guardedMultiply':
      return `${a} == 0 ? 0.0 : ${a} * ${b}`;
    default:
      return `${nameOf(fn)}(${a}, ${b})`;
  }
}

function nameOf(fn: UnaryFunction | BinaryFunction): string {
  return own.has(fn) ? `f_${fn}` : (library[fn] ?? fn);
}
