/** What the compiler knows of an operation of the graph: its operands, shape, derivatives, and how it is computed. */
import type { Expressions } from '../expressions.ts';
import type { NodeBase, NodeId } from '../node.ts';
import type { Shape } from '../shape.ts';

/** Multiplies derivatives; 0 times a derivative that is not finite is 0 where a branch that is not taken sends it. */
export interface DerivativeProducts {
  /**
   * @param isOpen whether the incoming derivative may come from a branch that is not taken
   * @param isSingular whether the local one can be infinite where its function is finite
   */
  times(incoming: NodeId, local: NodeId, isOpen: boolean, isSingular?: boolean): NodeId;
  /** A derivative times a weight, which is 0 where the operand has no part, whatever its derivative is. */
  weighted(derivative: NodeId, weight: NodeId): NodeId;
}

/** Reverse mode at one node: hands the derivative that flows into it on to its operands. */
export interface ReverseStep {
  g: Expressions;
  /** The derivative with respect to the node, of its shape; or one number, where all entries have the same. */
  incoming: NodeId;
  /** The same, of the node's shape. */
  full(): NodeId;
  /** Whether anything depends on the derivative with respect to an operand. */
  needs(operand: NodeId): boolean;
  /** An operand as a factor: what is not finite in it counts as 0 where only derivatives of untaken branches meet it. */
  factor(operand: NodeId): NodeId;
  /** Whether the incoming derivative may come from a branch that is not taken. */
  isOpen: boolean;
  products: DerivativeProducts;
  /**
   * Adds to the derivative with respect to an operand.
   * @param derivative with an entry for each entry of `shape`, or the one number that they all are
   * @param shape by default that of the operand
   * @param isOpen by default that of the node
   */
  send(operand: NodeId, derivative: NodeId, options?: { shape?: Shape; isOpen?: boolean }): void;
}

/** Forward mode at one node: from the tangents of its operands to its own. */
export interface ForwardStep {
  g: Expressions;
  /** The tangent of an operand, of its shape or one number for all entries; null where it does not move. */
  tangent(operand: NodeId): NodeId | null;
  /** The same, of the operand's shape. */
  full(operand: NodeId): NodeId | null;
  products: DerivativeProducts;
}

/** Where things are in a program's memory while a node is lowered. */
export interface Layout {
  shapeOf(id: NodeId): Shape;
  /** The offset of a node's storage, in words. */
  place(id: NodeId): number;
  /** The position of an index table. */
  table(indices: Int32Array): number;
}

/** Arithmetic and memory traffic of one pass: the ground of predictions of time. */
export interface Work {
  /** Operations on numbers. */
  flops: number;
  /** Numbers read from and written to memory. */
  words: number;
}

/** One operation. */
export interface Operation<N extends NodeBase & { op: string }, Kernel> {
  /** The fields that name its operands, in their order: one each, or a list in which null stands for none. */
  readonly operands: readonly (keyof N & string)[];
  /** Whether its value is finite wherever its operands are. */
  readonly keepsFinite: boolean;
  /**
   * The shape of its value.
   * @throws DefinitionError where the operands do not fit; left out where a node's maker says the shape
   */
  shape?(node: Omit<N, 'shape'>, shapeOf: (id: NodeId) => Shape): Shape;
  /** The node in words, for `explain`; by default `op(a, b)`. */
  describe?(node: N, label: (id: NodeId) => string): string;
  /** Left out where no derivative flows through it. */
  reverse?(node: N, id: NodeId, step: ReverseStep): void;
  /** The tangent of the node; null where it does not move. */
  forward?(node: N, id: NodeId, step: ForwardStep): NodeId | null;
  /** The kernel that computes it; left out of what loops compute entry by entry, and of storage. */
  lower?(node: N, id: NodeId, layout: Layout): Kernel;
}

/** What is counted of a kernel. @param indices all index tables of the program */
export interface KernelFacts<Kernel> {
  work(kernel: Kernel, indices: Int32Array): Work;
}

/** f(a), or null where there is nothing. */
export function lift(a: NodeId | null, f: (a: NodeId) => NodeId): NodeId | null {
  return a === null ? null : f(a);
}

/** The sum of two tangents, either of which may be none. */
export function sumOf(g: Expressions, a: NodeId | null, b: NodeId | null): NodeId | null {
  return a === null ? b : b === null ? a : g.add(a, b);
}
