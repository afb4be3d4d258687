/**
 * Reverse mode: given derivatives of a scalar with respect to some nodes, the derivatives with respect to others.
 * With one seed per output this is the vector–Jacobian product Jᵀv.
 */
import type { GraphBuilder } from '../builder.ts';
import { binaryFunctions, unaryFunctions } from '../functions.ts';
import { type Node, type NodeId, reachable } from '../graph.ts';
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
  /** Nodes into which a branch that is not taken may send 0. */
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
    const d = incoming.get(id);
    if (d === undefined || !used.has(id)) continue;
    const node = nodes[id];
    const isOpen = open.has(id);
    const operand = (one: NodeId) => guard.operand(one, isOpen);
    switch (node.op) {
      case 'state':
      case 'constant':
        break;
      case 'cholesky':
      case 'solveCholesky':
        throw new Error('a linear system of the optimizer is not differentiated');
      case 'unary': {
        const { derivative, singular } = unaryFunctions[node.fn];
        if (derivative)
          accumulate(node.a, guard.times(d, derivative(g, node.a, id), isOpen, singular), node.shape, isOpen);
        break;
      }
      case 'binary': {
        const { derivative, singular } = binaryFunctions[node.fn];
        if (!derivative) break;
        const [da, db] = derivative(g, node.a, node.b, id);
        const isGuarded = node.fn === 'guardedMultiply';
        // One of two operands has no part in a minimum or maximum, and 0 hides the other factor of a guarded product.
        const opens = isOpen || isGuarded || node.fn === 'min' || node.fn === 'max';
        if (da !== null && needed.has(node.a))
          accumulate(node.a, guard.times(d, da, isOpen, singular), node.shape, opens);
        if (db !== null && needed.has(node.b)) {
          const product = isGuarded ? g.binary('guardedMultiply', db, d) : guard.times(d, db, isOpen, singular);
          accumulate(node.b, product, node.shape, opens);
        }
        break;
      }
      case 'select':
        accumulate(node.a, g.select(node.condition, d, g.scalar(0)), node.shape, true);
        accumulate(node.b, g.select(node.condition, g.scalar(0), d), node.shape, true);
        break;
      case 'broadcast':
        accumulate(node.a, d, node.shape, isOpen);
        break;
      case 'reduce':
        accumulate(node.a, reduceAdjoint(g, node, id, d), g.shapeOf(node.a), isOpen || node.fn !== 'sum');
        break;
      case 'reshape':
        accumulate(node.a, g.reshape(g.broadcast(d, node.shape), g.shapeOf(node.a)), g.shapeOf(node.a), isOpen);
        break;
      case 'transpose':
        accumulate(node.a, g.transpose(g.broadcast(d, node.shape)), g.shapeOf(node.a), isOpen);
        break;
      case 'matmul': {
        const full = g.broadcast(d, node.shape);
        const [left, right] = [operand(node.a), operand(node.b)];
        const a = node.transposeA ? g.transpose(left) : left;
        const b = node.transposeB ? g.transpose(right) : right;
        if (needed.has(node.a)) {
          const da = g.matmul(full, g.transpose(b));
          accumulate(node.a, node.transposeA ? g.transpose(da) : da, g.shapeOf(node.a), isOpen);
        }
        if (needed.has(node.b)) {
          const db = g.matmul(g.transpose(a), full);
          accumulate(node.b, node.transposeB ? g.transpose(db) : db, g.shapeOf(node.b), isOpen);
        }
        break;
      }
      case 'gather':
        accumulate(
          node.a,
          g.scatter(g.broadcast(d, node.shape), node.indices, g.shapeOf(node.a)),
          g.shapeOf(node.a),
          isOpen,
        );
        break;
      case 'scatter':
        accumulate(
          node.a,
          g.gather(g.broadcast(d, node.shape), node.indices, g.shapeOf(node.a)),
          g.shapeOf(node.a),
          isOpen,
        );
        break;
      case 'sampledMatmul': {
        const product = [g.shapeOf(node.a)[0], g.shapeOf(node.b)[0]];
        const scattered = g.scatter(g.broadcast(d, node.shape), node.indices, product);
        if (needed.has(node.a)) accumulate(node.a, g.matmul(scattered, operand(node.b)), g.shapeOf(node.a), isOpen);
        if (needed.has(node.b))
          accumulate(node.b, g.matmul(g.transpose(scattered), operand(node.a)), g.shapeOf(node.b), isOpen);
        break;
      }
      case 'sparseMatmul': {
        const full = g.broadcast(d, node.shape);
        const b = operand(node.b);
        const [left, right] = node.transposed ? [b, full] : [full, b];
        if (needed.has(node.a)) {
          const entries = g.gather(g.matmul(left, g.transpose(right)), node.indices, g.shapeOf(node.a));
          accumulate(node.a, entries, g.shapeOf(node.a), isOpen);
        }
        if (needed.has(node.b)) {
          const sparse = g.scatter(operand(node.a), node.indices, node.sparse);
          accumulate(node.b, g.matmul(node.transposed ? sparse : g.transpose(sparse), full), g.shapeOf(node.b), isOpen);
        }
        break;
      }
      case 'convolve': {
        const full = g.broadcast(d, node.shape);
        if (needed.has(node.a)) accumulate(node.a, g.correlate(full, operand(node.b)), node.shape, isOpen);
        if (needed.has(node.b)) accumulate(node.b, g.correlate(full, operand(node.a)), node.shape, isOpen);
        break;
      }
      case 'correlate': {
        const full = g.broadcast(d, node.shape);
        if (needed.has(node.a)) accumulate(node.a, g.convolve(full, operand(node.b)), node.shape, isOpen);
        if (needed.has(node.b)) accumulate(node.b, g.correlate(operand(node.a), full), node.shape, isOpen);
        break;
      }
    }
  }
  return wrt.map((id) => g.broadcast(incoming.get(id) ?? g.scalar(0), g.shapeOf(id)));
}

/** The nodes below `end` that depend on any of `sources`. */
function dependents(g: GraphBuilder, sources: readonly NodeId[], end: number): Set<NodeId> {
  const found = new Set(sources);
  for (let id = 0; id < end; id++) {
    const node = g.graph.nodes[id];
    if ('a' in node && found.has(node.a)) found.add(id);
    if ('b' in node && found.has(node.b)) found.add(id);
    if (node.op === 'select' && found.has(node.condition)) found.add(id);
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

function reduceAdjoint(g: GraphBuilder, node: Extract<Node, { op: 'reduce' }>, id: NodeId, d: NodeId): NodeId {
  const shape = g.shapeOf(node.a);
  const kept = shape.map((length, axis) => (node.axes.includes(axis) ? 1 : length));
  const spread = (value: NodeId) =>
    g.shapeOf(value).length === 0 ? value : g.broadcast(g.reshape(value, kept), shape);
  if (node.fn === 'sum') return spread(d);
  // The derivative of a minimum or maximum is shared by the entries that attain it.
  const attained = g.binary('equal', node.a, spread(id));
  return g.select(attained, spread(g.divide(d, g.sum(attained, node.axes))), g.scalar(0));
}
