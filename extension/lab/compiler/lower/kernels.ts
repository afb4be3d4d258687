/**
 * A lowered program: kernels over one arena of float64 words, every operand at a fixed offset.
 * The back ends print kernels; they decide nothing about order or memory.
 */
import type { BinaryFunction, UnaryFunction } from '../functions.ts';
import type { NodeId, Reduction } from '../graph.ts';

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

/** out [m, n] = op(a) [m, k] × op(b) [k, n]; a transposed operand is stored the other way round. */
export interface MatmulKernel {
  kind: 'matmul';
  m: number;
  k: number;
  n: number;
  a: number;
  b: number;
  out: number;
  transposeA: boolean;
  transposeB: boolean;
}

/** out, row-major of `shape`, from `a` with the given strides (0 repeats): broadcasting and transposition. */
export interface CopyKernel {
  kind: 'copy';
  a: number;
  out: number;
  shape: number[];
  strides: number[];
}

/** out [outer, inner] from a [outer, length, inner]. */
export interface ReduceKernel {
  kind: 'reduce';
  fn: Reduction;
  a: number;
  out: number;
  outer: number;
  length: number;
  inner: number;
}

/** `indices` is a position in {@link Program.indices}; `scatter` first fills `out` with zeros. */
export interface IndexKernel {
  kind: 'gather' | 'scatter';
  a: number;
  out: number;
  indices: number;
  length: number;
  /** Entries of `out`. */
  size: number;
}

/** out[e] = a[rows[e]] · b[columns[e]], both with `inner` columns; the tables are positions in {@link Program.indices}. */
export interface SampledKernel {
  kind: 'sampledMatmul';
  a: number;
  b: number;
  out: number;
  rows: number;
  columns: number;
  length: number;
  inner: number;
}

/**
 * out [rows, width] = S b, S in compressed rows: the entries of row i are those from starts[i] to starts[i + 1], each
 * with its column and its position in `values`. The tables are positions in {@link Program.indices}.
 */
export interface SparseKernel {
  kind: 'sparseMatmul';
  values: number;
  b: number;
  out: number;
  starts: number;
  columns: number;
  order: number;
  rows: number;
  width: number;
}

export interface CircularKernel {
  kind: 'convolve' | 'correlate';
  a: number;
  b: number;
  out: number;
  length: number;
}

/** out = L of a = L Lᵀ, lower triangle, NaN from the first pivot on that is not above the cutoff. */
export interface CholeskyKernel {
  kind: 'cholesky';
  a: number;
  out: number;
  size: number;
}

/** out = x of L Lᵀ x = b, with L at `a`. */
export interface SolveKernel {
  kind: 'solveCholesky';
  a: number;
  b: number;
  out: number;
  size: number;
}

export type Kernel =
  | LoopKernel
  | MatmulKernel
  | CopyKernel
  | ReduceKernel
  | IndexKernel
  | SampledKernel
  | SparseKernel
  | CircularKernel
  | CholeskyKernel
  | SolveKernel;

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
