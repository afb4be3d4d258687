/**
 * The scalar functions of the graph: what each computes, and its derivative.
 * Kinks have a documented subgradient, whatever the order of the operands: `abs` has slope 0 at 0; where operands of
 * `min` or `max` are equal, a constant among them takes all, so that the slope is 0, and otherwise they share it evenly;
 * `sign`, `floor`, `ceil`, `round`, `trunc` and comparisons have derivative 0 everywhere.
 */
import type { GraphBuilder } from './builder.ts';
import { sharedSlopes } from './extrema.ts';
import type { NodeId } from './graph.ts';

export type UnaryFunction =
  | 'negate'
  | 'not'
  | 'exp'
  | 'expm1'
  | 'log'
  | 'log1p'
  | 'log2'
  | 'log10'
  | 'sqrt'
  | 'cbrt'
  | 'sin'
  | 'cos'
  | 'tan'
  | 'asin'
  | 'acos'
  | 'atan'
  | 'sinh'
  | 'cosh'
  | 'tanh'
  | 'asinh'
  | 'acosh'
  | 'atanh'
  | 'abs'
  | 'sign'
  | 'floor'
  | 'ceil'
  | 'round'
  | 'trunc'
  | 'sigmoid'
  | 'softplus';

export type BinaryFunction =
  | 'add'
  | 'subtract'
  | 'multiply'
  | 'divide'
  | 'power'
  | 'remainder'
  | 'min'
  | 'max'
  | 'atan2'
  | 'hypot'
  | 'less'
  | 'lessEqual'
  | 'greater'
  | 'greaterEqual'
  | 'equal'
  | 'notEqual'
  | 'and'
  | 'or'
  | 'guardedMultiply';

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

interface Unary {
  /** The value in float64. */
  value(x: number): number;
  /** ∂value/∂x as a node, given x and the node that holds the value; null where it is 0. */
  derivative: ((g: GraphBuilder, x: NodeId, y: NodeId) => NodeId) | null;
  /** Whether the derivative can be infinite at a finite x (then 0 · ∞ counts as 0). */
  singular?: boolean;
}

interface Binary {
  value(a: number, b: number): number;
  derivative: ((g: GraphBuilder, a: NodeId, b: NodeId, y: NodeId) => [NodeId | null, NodeId | null]) | null;
  singular?: boolean;
}

const truth = (condition: boolean) => (condition ? 1 : 0);

export const unaryFunctions: Record<UnaryFunction, Unary> = {
  negate: { value: (x) => -x, derivative: (g) => g.scalar(-1) },
  not: { value: (x) => truth(x === 0), derivative: null },
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
  },
  sin: { value: Math.sin, derivative: (g, x) => g.unary('cos', x) },
  cos: { value: Math.cos, derivative: (g, x) => g.unary('negate', g.unary('sin', x)) },
  tan: { value: Math.tan, derivative: (g, _x, y) => g.add(g.scalar(1), g.multiply(y, y)) },
  asin: { value: Math.asin, derivative: (g, x) => g.reciprocal(g.unary('sqrt', g.oneMinusSquare(x))), singular: true },
  acos: {
    value: Math.acos,
    derivative: (g, x) => g.unary('negate', g.reciprocal(g.unary('sqrt', g.oneMinusSquare(x)))),
    singular: true,
  },
  atan: { value: Math.atan, derivative: (g, x) => g.reciprocal(g.add(g.scalar(1), g.multiply(x, x))) },
  sinh: { value: Math.sinh, derivative: (g, x) => g.unary('cosh', x) },
  cosh: { value: Math.cosh, derivative: (g, x) => g.unary('sinh', x) },
  tanh: { value: Math.tanh, derivative: (g, _x, y) => g.oneMinusSquare(y) },
  asinh: {
    value: Math.asinh,
    derivative: (g, x) => g.reciprocal(g.unary('sqrt', g.add(g.scalar(1), g.multiply(x, x)))),
  },
  acosh: {
    value: Math.acosh,
    derivative: (g, x) => g.reciprocal(g.unary('sqrt', g.subtract(g.multiply(x, x), g.scalar(1)))),
    singular: true,
  },
  atanh: { value: Math.atanh, derivative: (g, x) => g.reciprocal(g.oneMinusSquare(x)), singular: true },
  abs: { value: Math.abs, derivative: (g, x) => g.unary('sign', x) },
  sign: { value: Math.sign, derivative: null },
  floor: { value: Math.floor, derivative: null },
  ceil: { value: Math.ceil, derivative: null },
  round: { value: Math.round, derivative: null },
  trunc: { value: Math.trunc, derivative: null },
  sigmoid: { value: sigmoid, derivative: (g, x, y) => g.multiply(y, g.unary('sigmoid', g.unary('negate', x))) },
  softplus: { value: softplus, derivative: (g, x) => g.unary('sigmoid', x) },
};

export const binaryFunctions: Record<BinaryFunction, Binary> = {
  add: { value: (a, b) => a + b, derivative: (g) => [g.scalar(1), g.scalar(1)] },
  subtract: { value: (a, b) => a - b, derivative: (g) => [g.scalar(1), g.scalar(-1)] },
  multiply: { value: (a, b) => a * b, derivative: (_g, a, b) => [b, a] },
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
  },
  min: { value: Math.min, derivative: (g, a, b, y) => sharedSlopes(g, 'min', a, b, y) },
  max: { value: Math.max, derivative: (g, a, b, y) => sharedSlopes(g, 'max', a, b, y) },
  atan2: {
    value: Math.atan2,
    derivative: (g, a, b) => {
      const square = g.add(g.multiply(a, a), g.multiply(b, b));
      return [g.divide(b, square), g.unary('negate', g.divide(a, square))];
    },
    singular: true,
  },
  hypot: { value: Math.hypot, derivative: (g, a, b, y) => [g.divide(a, y), g.divide(b, y)], singular: true },
  less: { value: (a, b) => truth(a < b), derivative: null },
  lessEqual: { value: (a, b) => truth(a <= b), derivative: null },
  greater: { value: (a, b) => truth(a > b), derivative: null },
  greaterEqual: { value: (a, b) => truth(a >= b), derivative: null },
  equal: { value: (a, b) => truth(a === b), derivative: null },
  notEqual: { value: (a, b) => truth(a !== b), derivative: null },
  and: { value: (a, b) => truth(a !== 0 && b !== 0), derivative: null },
  or: { value: (a, b) => truth(a !== 0 || b !== 0), derivative: null },
  /** a · b, with 0 · anything = 0: multiplies an incoming derivative with one that may not be finite. */
  guardedMultiply: {
    value: (a, b) => (a === 0 ? 0 : a * b),
    // What a 0 hides is hidden from derivatives, too: it is not felt when the first factor moves.
    derivative: (g, a, b) => [finitePart(g, b), a],
  },
};

/** A number, or 0 in place of what is infinite or no number. */
export function finitePart(g: GraphBuilder, x: NodeId): NodeId {
  return g.select(g.binary('lessEqual', g.unary('abs', x), g.scalar(Number.MAX_VALUE)), x, g.scalar(0));
}
