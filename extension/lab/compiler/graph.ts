/**
 * The graph that every program of the lab becomes: what a parameterization computes, its derivatives, the optimizer's
 * step, the curvature. Plain data: it crosses to worker threads by structured clone, and each back end reads it.
 */
import type { NodeId } from './node.ts';
import { type Node, operands } from './operations/index.ts';

export type { NodeId } from './node.ts';
export type { Node } from './operations/index.ts';
export { operands } from './operations/index.ts';
export type { Reduction } from './operations/reductions.ts';

export interface Graph {
  nodes: Node[];
}

/** The nodes on which `roots` depend, including the roots; the search does not go beyond nodes that `stops` accepts. */
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

/** The number that all entries of a node are, repeated from a constant; null where they are not known to be alike. */
export function uniformValue(graph: Graph, id: NodeId): number | null {
  let node = graph.nodes[id];
  while (node.op === 'broadcast' || node.op === 'reshape') node = graph.nodes[node.a];
  return node.op === 'constant' && node.values.length === 1 ? node.values[0] : null;
}
