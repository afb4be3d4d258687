/**
 * Reverse mode: given derivatives of a scalar with respect to some nodes, the derivatives with respect to others.
 * With one seed per output this is the vector–Jacobian product Jᵀv.
 */
import type { GraphBuilder } from '../builder.ts';
import { type NodeId, operands, reachable } from '../graph.ts';
import { operationOf } from '../operations/index.ts';
import { type Shape, sameShape, sizeOf } from '../shape.ts';
import { Guard } from './guarded.ts';

/** A node with the derivative that flows into it, of the same shape. */
export interface Seed {
  node: NodeId;
  derivative: NodeId;
}

/**
 * Extends the graph by the derivatives of Σ_seeds ⟨derivative, node⟩ with respect to each of `wrt`.
 * @returns one node for each of `wrt`, of its shape; a zero tensor where nothing depends on it
 */
export function reverse(g: GraphBuilder, seeds: readonly Seed[], wrt: readonly NodeId[]): NodeId[] {
  const { nodes } = g.graph;
  const last = nodes.length;
  const needed = dependents(g, wrt, last);
  const used = reachable(
    g.graph,
    seeds.map((seed) => seed.node),
  );
  const incoming = new Map<NodeId, NodeId>();
  /** Nodes that may receive the derivative 0 from an untaken branch. */
  const open = new Set<NodeId>();
  const guard = new Guard(g);
  /** `derivative` has one entry for each entry of `shape`, or is the one number that they all are. */
  const accumulate = (target: NodeId, derivative: NodeId, shape: Shape, isOpen: boolean) => {
    if (!needed.has(target)) return;
    if (isOpen) open.add(target);
    const fitted = unbroadcast(g, derivative, shape, g.shapeOf(target));
    const before = incoming.get(target);
    incoming.set(target, before === undefined ? fitted : g.add(before, fitted));
  };
  for (const seed of seeds) accumulate(seed.node, seed.derivative, g.shapeOf(seed.node), false);

  for (let id = last - 1; id >= 0; id--) {
    const derivative = incoming.get(id);
    if (derivative === undefined || !used.has(id)) continue;
    const node = nodes[id];
    const isOpen = open.has(id);
    operationOf(node).reverse?.(node, id, {
      g,
      incoming: derivative,
      full: () => g.broadcast(derivative, node.shape),
      needs: (operand) => needed.has(operand),
      factor: (operand) => guard.operand(operand, isOpen),
      isOpen,
      products: guard,
      send: (operand, derivative, options = {}) =>
        accumulate(operand, derivative, options.shape ?? g.shapeOf(operand), options.isOpen ?? isOpen),
    });
  }
  return wrt.map((id) => g.broadcast(incoming.get(id) ?? g.scalar(0), g.shapeOf(id)));
}

/** The nodes below `end` that depend on any of `sources`. */
function dependents(g: GraphBuilder, sources: readonly NodeId[], end: number): Set<NodeId> {
  const found = new Set(sources);
  for (let id = 0; id < end; id++) {
    if (operands(g.graph.nodes[id]).some((operand) => found.has(operand))) found.add(id);
  }
  return found;
}

/** Sums a derivative over the axes along which its operand was repeated from `shape` to `from`. */
function unbroadcast(g: GraphBuilder, derivative: NodeId, from: Shape, shape: Shape): NodeId {
  if (sameShape(from, shape)) return derivative;
  if (g.shapeOf(derivative).length === 0) return g.multiply(derivative, g.scalar(sizeOf(from) / sizeOf(shape)));
  const lead = from.length - shape.length;
  const axes = from
    .map((_, axis) => axis)
    .filter((axis) => axis < lead || (shape[axis - lead] === 1 && from[axis] !== 1));
  return g.reshape(g.sum(derivative, axes), shape);
}
