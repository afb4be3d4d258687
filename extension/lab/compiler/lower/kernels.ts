/**
 * A lowered program: kernels over one arena of float64 words, every operand at a fixed offset.
 * The back ends print kernels; they decide nothing about order or memory.
 */
import type { BinaryFunction, UnaryFunction } from '../functions.ts';
import type { NodeId, Reduction } from '../graph.ts';
import type { OperationKernel } from '../operations/index.ts';

/** One value of a loop's body; operands are positions of earlier instructions. */
export type Instruction =
  /** Reads the arena at `offset`, plus the loop's index unless `fixed`. */
  | { op: 'load'; offset: number; fixed: boolean }
  | { op: 'literal'; value: number }
  | { op: 'unary'; fn: UnaryFunction; a: number }
  | { op: 'binary'; fn: BinaryFunction; a: number; b: number }
  | { op: 'select'; condition: number; a: number; b: number };

/** Entry-by-entry work: the body runs for each index; all of its loads come before its stores. */
export interface LoopKernel {
  kind: 'loop';
  length: number;
  body: Instruction[];
  stores: { value: number; offset: number }[];
  /** Reductions of values over the whole loop, each to one word. */
  reductions: { fn: Reduction; value: number; offset: number }[];
}

/** A loop, or the kernel of an operation. */
export type Kernel = LoopKernel | OperationKernel;

/** The kernels by their kinds. */
export type KernelOf<K extends Kernel['kind']> = Extract<Kernel, { kind: K }>;

export interface Program {
  /** Words of the arena. */
  words: number;
  /** Where constants of the graph are to be written once; their numbers are the graph's. */
  constants: { offset: number; node: NodeId }[];
  /** All index tables, one after the other. */
  indices: Int32Array;
  entries: { name: string; kernels: Kernel[] }[];
  /** Where each node that has storage lives. */
  offsets: Map<NodeId, number>;
}
