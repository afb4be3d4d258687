/** The names of the scalar functions, and the interface with which derivatives build expressions. */
import type { NodeId } from './node.ts';
import type { Shape } from './shape.ts';

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

/** Builds expressions; a graph builder is one. */
export interface Expressions {
  shapeOf(id: NodeId): Shape;
  scalar(value: number): NodeId;
  isConstant(id: NodeId): boolean;
  /** The function and operands of a node that a binary function computes, otherwise null. */
  asBinary(id: NodeId): { fn: BinaryFunction; a: NodeId; b: NodeId } | null;
  unary(fn: UnaryFunction, a: NodeId): NodeId;
  binary(fn: BinaryFunction, a: NodeId, b: NodeId): NodeId;
  /** a + b where the sign of a zero does not matter. */
  add(a: NodeId, b: NodeId): NodeId;
  /** a − b where the sign of a zero does not matter. */
  subtract(a: NodeId, b: NodeId): NodeId;
  multiply(a: NodeId, b: NodeId): NodeId;
  divide(a: NodeId, b: NodeId): NodeId;
  reciprocal(a: NodeId): NodeId;
  /** 1 − a², without cancellation near |a| = 1. */
  oneMinusSquare(a: NodeId): NodeId;
  /** `a` where the condition is not 0, otherwise `b`. */
  select(condition: NodeId, a: NodeId, b: NodeId): NodeId;
  broadcast(a: NodeId, shape: Shape): NodeId;
  reshape(a: NodeId, shape: Shape): NodeId;
  transpose(a: NodeId): NodeId;
  /** Over the given axes, which are dropped; over all of them without any. */
  sum(a: NodeId, axes?: readonly number[]): NodeId;
  matmul(a: NodeId, b: NodeId): NodeId;
  /** out[i] = a[indices[i]], both flat. */
  gather(a: NodeId, indices: Int32Array, shape: Shape): NodeId;
  /** out[indices[i]] += a[i], both flat, from zero. */
  scatter(a: NodeId, indices: Int32Array, shape: Shape): NodeId;
  convolve(a: NodeId, b: NodeId): NodeId;
  correlate(a: NodeId, b: NodeId): NodeId;
  /** The node of any operation that knows the shape of its value from its operands. */
  apply(node: { op: string; [field: string]: unknown }): NodeId;
}
