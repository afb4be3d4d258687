/** Functions that are operators in JavaScript and in the subset that GPU.js supports. */
import type { BinaryFunction } from './functions.ts';

const arithmetic: Partial<Record<BinaryFunction, string>> = { add: '+', subtract: '-', multiply: '*', divide: '/' };

const relations: Partial<Record<BinaryFunction, string>> = {
  less: '<',
  lessEqual: '<=',
  greater: '>',
  greaterEqual: '>=',
  equal: '===',
  notEqual: '!==',
};

/** `a + b`, or `a < b ? 1 : 0`; null where a function has no operator. */
export function printOperator(fn: BinaryFunction, a: string, b: string): string | null {
  if (arithmetic[fn]) return `${a} ${arithmetic[fn]} ${b}`;
  return relations[fn] ? `${a} ${relations[fn]} ${b} ? 1 : 0` : null;
}
