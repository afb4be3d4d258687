/** Forward mode: Jacobian–vector products J·v. */
import type { GraphBuilder } from '../builder.ts';
import { type NodeId, reachable } from '../graph.ts';
import { operationOf } from '../operations/index.ts';
import { lift } from '../operations/operation.ts';
import { Guard } from './guarded.ts';

/** A node with its tangent, of the same shape. */
export interface Tangent {
  node: NodeId;
  tangent: NodeId;
}

/**
 * Extends the graph by the directional derivatives of `outputs` along the tangents `moving`.
 * @returns one node for each output, of its shape; a zero tensor if it does not depend on `moving`
 */
export function forward(g: GraphBuilder, moving: readonly Tangent[], outputs: readonly NodeId[]): NodeId[] {
  const guard = new Guard(g);
  const tangents = new Map(moving.map(({ node, tangent }) => [node, tangent]));
  for (const id of [...reachable(g.graph, outputs)].sort((a, b) => a - b)) {
    if (tangents.has(id)) continue;
    const tangent = tangentOf(g, id, tangents, guard);
    if (tangent !== null) tangents.set(id, tangent);
  }
  return outputs.map((id) => g.broadcast(tangents.get(id) ?? g.scalar(0), g.shapeOf(id)));
}

function tangentOf(g: GraphBuilder, id: NodeId, tangents: ReadonlyMap<NodeId, NodeId>, products: Guard): NodeId | null {
  const node = g.graph.nodes[id];
  const tangent = (operand: NodeId) => tangents.get(operand) ?? null;
  const full = (operand: NodeId) => lift(tangent(operand), (t) => g.broadcast(t, g.shapeOf(operand)));
  return operationOf(node).forward?.(node, id, { g, tangent, full, products }) ?? null;
}
