/**
 * The graph that every program of the lab becomes: what a parameterization computes, its derivatives, the optimizer's
 * step, the curvature. Plain data: it crosses to worker threads by structured clone, and each back end reads it.
 */
import type { BinaryFunction, UnaryFunction } from './functions.ts';
import type { Shape } from './shape.ts';

/** Position of a node in {@link Graph.nodes}; operands always stand before the nodes that use them. */
export type NodeId = number;

export type Reduction = 'sum' | 'min' | 'max';

export type Node = {
  shape: Shape;
} /** Storage that lives from step to step: a parameter, an optimizer's memory, an input written from outside. */ & (
  | { op: 'state'; name: string }
  | { op: 'constant'; values: Float64Array }
  /** Entry by entry. Operands have the node's shape or are scalars. */
  | { op: 'unary'; fn: UnaryFunction; a: NodeId }
  | { op: 'binary'; fn: BinaryFunction; a: NodeId; b: NodeId }
  /** `a` where the condition is not 0, otherwise `b`. */
  | { op: 'select'; condition: NodeId; a: NodeId; b: NodeId }
  /** Repeats axes of length 1, and adds axes in front. */
  | { op: 'broadcast'; a: NodeId }
  /** Over the given axes, which are dropped. */
  | { op: 'reduce'; fn: Reduction; a: NodeId; axes: readonly number[] }
  | { op: 'reshape'; a: NodeId }
  /** Of a matrix. */
  | { op: 'transpose'; a: NodeId }
  /** [m, k] × [k, n], each operand transposed first where said. */
  | { op: 'matmul'; a: NodeId; b: NodeId; transposeA: boolean; transposeB: boolean }
  /** out[i] = a[indices[i]], both flat. */
  | { op: 'gather'; a: NodeId; indices: Int32Array }
  /** out[indices[i]] += a[i], both flat, from zero. */
  | { op: 'scatter'; a: NodeId; indices: Int32Array }
  /** Some entries of a bᵀ: out[e] = a[row] · b[column], `indices` being their row-major positions. */
  | { op: 'sampledMatmul'; a: NodeId; b: NodeId; indices: Int32Array }
  /** S b with S sparse: `a` holds its entries, `indices` their row-major positions in `sparse`; Sᵀ b where transposed. */
  | { op: 'sparseMatmul'; a: NodeId; b: NodeId; indices: Int32Array; sparse: Shape; transposed: boolean }
  /** Circular: out[k] = Σ_j a[j] b[k − j]. */
  | { op: 'convolve'; a: NodeId; b: NodeId }
  /** Circular: out[j] = Σ_k a[k] b[k − j]. */
  | { op: 'correlate'; a: NodeId; b: NodeId }
  /** L of a = L Lᵀ (lower triangle; the rest is not defined); NaN where a is not of full rank in float64. */
  | { op: 'cholesky'; a: NodeId }
  /** x of L Lᵀ x = b, with `a` = L. */
  | { op: 'solveCholesky'; a: NodeId; b: NodeId }
);

export interface Graph {
  nodes: Node[];
}

/** The nodes that a node reads. */
export function operands(node: Node): NodeId[] {
  switch (node.op) {
    case 'state':
    case 'constant':
      return [];
    case 'unary':
    case 'broadcast':
    case 'reduce':
    case 'reshape':
    case 'transpose':
    case 'gather':
    case 'scatter':
    case 'cholesky':
      return [node.a];
    case 'binary':
    case 'matmul':
    case 'sampledMatmul':
    case 'sparseMatmul':
    case 'convolve':
    case 'correlate':
    case 'solveCholesky':
      return [node.a, node.b];
    case 'select':
      return [node.condition, node.a, node.b];
  }
}

/** Which nodes any of `roots` depends on, the roots among them; behind a node that `stops` nothing is looked for. */
export function reachable(
  graph: Graph,
  roots: Iterable<NodeId>,
  stops: (id: NodeId) => boolean = () => false,
): Set<NodeId> {
  const seen = new Set<NodeId>();
  const open = [...roots];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue;
    seen.add(id);
    if (!stops(id)) open.push(...operands(graph.nodes[id]));
  }
  return seen;
}
