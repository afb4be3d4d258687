/**
 * The scalar functions of the graph: what each computes, and its derivative.
 * Kinks have a documented subgradient, whatever the order of the operands: `abs` has slope 0 at 0; where operands of
 * `min` or `max` are equal, a constant among them takes all, so that the slope is 0, and otherwise they share it evenly;
 * `sign`, `floor`, `ceil`, `round`, `trunc` and comparisons have derivative 0 everywhere.
 */
import type { BinaryFunction, Expressions, UnaryFunction } from './expressions.ts';
import { sharedSlopes } from './extrema.ts';
import type { NodeId } from './node.ts';

export type { BinaryFunction, UnaryFunction } from './expressions.ts';

/** Stable 1 / (1 + e^{−x}). */
export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const e = Math.exp(x);
  return e / (1 + e);
}

/** Stable log(1 + eˣ); keeps its precision down to 1e-308. */
export function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

/** What is known of a function of numbers. */
interface Facts {
  /** Whether the derivative can be infinite at a finite operand (then 0 · ∞ counts as 0). */
  singular?: boolean;
  /** Whether its value is finite: `always`, or where its operands are; left out where that does not suffice. */
  finite?: 'always' | 'of finite operands';
  /** Whether its derivative jumps somewhere. */
  kink?: boolean;
}

interface Unary extends Facts {
  /** The value in float64. */
  value(x: number): number;
  /** ∂value/∂x as a node, given x and the node that holds the value; null where it is 0. */
  derivative: ((g: Expressions, x: NodeId, y: NodeId) => NodeId) | null;
}

interface Binary extends Facts {
  value(a: number, b: number): number;
  derivative: ((g: Expressions, a: NodeId, b: NodeId, y: NodeId) => [NodeId | null, NodeId | null]) | null;
  /** Whether the order of the operands does not matter, to the bit. */
  commutative?: boolean;
}

const truth = (condition: boolean) => (condition ? 1 : 0);

export const unaryFunctions: Record<UnaryFunction, Unary> = {
  negate: { value: (x) => -x, derivative: (g) => g.scalar(-1), finite: 'of finite operands' },
  not: { value: (x) => truth(x === 0), derivative: null, finite: 'always', kink: true },
  exp: { value: Math.exp, derivative: (_g, _x, y) => y },
  expm1: { value: Math.expm1, derivative: (g, x) => g.unary('exp', x) },
  log: { value: Math.log, derivative: (g, x) => g.reciprocal(x), singular: true },
  log1p: { value: Math.log1p, derivative: (g, x) => g.reciprocal(g.add(x, g.scalar(1))), singular: true },
  log2: { value: Math.log2, derivative: (g, x) => g.divide(g.scalar(Math.LOG2E), x), singular: true },
  log10: { value: Math.log10, derivative: (g, x) => g.divide(g.scalar(Math.LOG10E), x), singular: true },
  sqrt: { value: Math.sqrt, derivative: (g, _x, y) => g.divide(g.scalar(0.5), y), singular: true },
  cbrt: {
    value: Math.cbrt,
    derivative: (g, _x, y) => g.reciprocal(g.multiply(g.scalar(3), g.multiply(y, y))),
    singular: true,
    finite: 'of finite operands',
  },
  sin: { value: Math.sin, derivative: (g, x) => g.unary('cos', x), finite: 'of finite operands' },
  cos: { value: Math.cos, derivative: (g, x) => g.unary('negate', g.unary('sin', x)), finite: 'of finite operands' },
  tan: { value: Math.tan, derivative: (g, _x, y) => g.add(g.scalar(1), g.multiply(y, y)) },
  asin: { value: Math.asin, derivative: (g, x) => g.reciprocal(g.unary('sqrt', g.oneMinusSquare(x))), singular: true },
  acos: {
    value: Math.acos,
    derivative: (g, x) => g.unary('negate', g.reciprocal(g.unary('sqrt', g.oneMinusSquare(x)))),
    singular: true,
  },
  atan: {
    value: Math.atan,
    derivative: (g, x) => g.reciprocal(g.add(g.scalar(1), g.multiply(x, x))),
    finite: 'of finite operands',
  },
  sinh: { value: Math.sinh, derivative: (g, x) => g.unary('cosh', x) },
  cosh: { value: Math.cosh, derivative: (g, x) => g.unary('sinh', x) },
  tanh: { value: Math.tanh, derivative: (g, _x, y) => g.oneMinusSquare(y), finite: 'of finite operands' },
  asinh: {
    value: Math.asinh,
    derivative: (g, x) => g.reciprocal(g.unary('sqrt', g.add(g.scalar(1), g.multiply(x, x)))),
    finite: 'of finite operands',
  },
  acosh: {
    value: Math.acosh,
    derivative: (g, x) => g.reciprocal(g.unary('sqrt', g.subtract(g.multiply(x, x), g.scalar(1)))),
    singular: true,
  },
  atanh: { value: Math.atanh, derivative: (g, x) => g.reciprocal(g.oneMinusSquare(x)), singular: true },
  abs: { value: Math.abs, derivative: (g, x) => g.unary('sign', x), finite: 'of finite operands', kink: true },
  sign: { value: Math.sign, derivative: null, finite: 'of finite operands', kink: true },
  floor: { value: Math.floor, derivative: null, finite: 'of finite operands', kink: true },
  ceil: { value: Math.ceil, derivative: null, finite: 'of finite operands', kink: true },
  round: { value: Math.round, derivative: null, finite: 'of finite operands', kink: true },
  trunc: { value: Math.trunc, derivative: null, finite: 'of finite operands', kink: true },
  sigmoid: {
    value: sigmoid,
    derivative: (g, x, y) => g.multiply(y, g.unary('sigmoid', g.unary('negate', x))),
    finite: 'of finite operands',
  },
  softplus: { value: softplus, derivative: (g, x) => g.unary('sigmoid', x), finite: 'of finite operands' },
};

export const binaryFunctions: Record<BinaryFunction, Binary> = {
  add: {
    value: (a, b) => a + b,
    derivative: (g) => [g.scalar(1), g.scalar(1)],
    finite: 'of finite operands',
    commutative: true,
  },
  subtract: { value: (a, b) => a - b, derivative: (g) => [g.scalar(1), g.scalar(-1)], finite: 'of finite operands' },
  multiply: { value: (a, b) => a * b, derivative: (_g, a, b) => [b, a], commutative: true },
  divide: {
    value: (a, b) => a / b,
    derivative: (g, _a, b, y) => [g.reciprocal(b), g.unary('negate', g.divide(y, b))],
    singular: true,
  },
  power: {
    value: (a, b) => a ** b,
    derivative: (g, a, b, y) => [
      g.multiply(b, g.binary('power', a, g.subtract(b, g.scalar(1)))),
      // log a only where the exponent can move: a constant exponent never asks for it.
      // At 0 the power stays where it is; below, it has no derivative.
      g.isConstant(b)
        ? null
        : g.select(g.binary('notEqual', a, g.scalar(0)), g.multiply(y, g.unary('log', a)), g.scalar(0)),
    ],
    singular: true,
  },
  remainder: {
    value: (a, b) => a % b,
    derivative: (g, a, b) => [g.scalar(1), g.unary('negate', g.unary('trunc', g.divide(a, b)))],
    kink: true,
  },
  min: {
    value: Math.min,
    derivative: (g, a, b, y) => sharedSlopes(g, 'min', a, b, y),
    finite: 'of finite operands',
    kink: true,
  },
  max: {
    value: Math.max,
    derivative: (g, a, b, y) => sharedSlopes(g, 'max', a, b, y),
    finite: 'of finite operands',
    kink: true,
  },
  atan2: {
    value: Math.atan2,
    derivative: (g, a, b) => {
      const square = g.add(g.multiply(a, a), g.multiply(b, b));
      return [g.divide(b, square), g.unary('negate', g.divide(a, square))];
    },
    singular: true,
  },
  hypot: { value: Math.hypot, derivative: (g, a, b, y) => [g.divide(a, y), g.divide(b, y)], singular: true },
  less: { value: (a, b) => truth(a < b), derivative: null, finite: 'always' },
  lessEqual: { value: (a, b) => truth(a <= b), derivative: null, finite: 'always' },
  greater: { value: (a, b) => truth(a > b), derivative: null, finite: 'always' },
  greaterEqual: { value: (a, b) => truth(a >= b), derivative: null, finite: 'always' },
  equal: { value: (a, b) => truth(a === b), derivative: null, finite: 'always', commutative: true },
  notEqual: { value: (a, b) => truth(a !== b), derivative: null, finite: 'always', commutative: true },
  and: { value: (a, b) => truth(a !== 0 && b !== 0), derivative: null, finite: 'always', commutative: true },
  or: { value: (a, b) => truth(a !== 0 || b !== 0), derivative: null, finite: 'always', commutative: true },
  /** a · b, with 0 · anything = 0: multiplies an incoming derivative with one that may not be finite. */
  guardedMultiply: {
    value: (a, b) => (a === 0 ? 0 : a * b),
    // A factor hidden by 0 is hidden from derivatives, too.
    derivative: (g, a, b) => [finitePart(g, b), a],
  },
};

/** A value, with 0 in place of infinities and NaN. */
export function finitePart(g: Expressions, x: NodeId): NodeId {
  return g.select(g.binary('lessEqual', g.unary('abs', x), g.scalar(Number.MAX_VALUE)), x, g.scalar(0));
}
