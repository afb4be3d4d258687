/** Forward mode: how nodes move when some nodes move, the Jacobian–vector product J·v. */
import type { GraphBuilder } from '../builder.ts';
import { binaryFunctions, unaryFunctions } from '../functions.ts';
import { type Node, type NodeId, reachable } from '../graph.ts';
import { Guard } from './guarded.ts';

/** A node that moves, and the direction in which it moves (of the same shape). */
export interface Motion {
  node: NodeId;
  tangent: NodeId;
}

/**
 * Extends the graph by the directional derivatives of `outputs` along `motions`.
 * @returns one node for each output, of its shape; a zero tensor where nothing moves it
 */
export function forward(g: GraphBuilder, motions: readonly Motion[], outputs: readonly NodeId[]): NodeId[] {
  const guard = new Guard(g);
  const tangents = new Map(motions.map(({ node, tangent }) => [node, tangent]));
  for (const id of [...reachable(g.graph, outputs)].sort((a, b) => a - b)) {
    if (tangents.has(id)) continue;
    const tangent = tangentOf(g, id, tangents, guard);
    if (tangent !== null) tangents.set(id, tangent);
  }
  return outputs.map((id) => g.broadcast(tangents.get(id) ?? g.scalar(0), g.shapeOf(id)));
}

function tangentOf(g: GraphBuilder, id: NodeId, tangents: ReadonlyMap<NodeId, NodeId>, guard: Guard): NodeId | null {
  const node = g.graph.nodes[id];
  const full = (operand: NodeId) => {
    const tangent = tangents.get(operand);
    return tangent === undefined ? null : g.broadcast(tangent, g.shapeOf(operand));
  };
  switch (node.op) {
    case 'state':
    case 'constant':
      return null;
    case 'cholesky':
    case 'solveCholesky':
      throw new Error('a linear system of the optimizer is not differentiated');
    case 'unary': {
      const { derivative, singular } = unaryFunctions[node.fn];
      const t = tangents.get(node.a);
      return t === undefined || !derivative ? null : guard.times(t, derivative(g, node.a, id), false, singular);
    }
    case 'binary': {
      const { derivative, singular } = binaryFunctions[node.fn];
      if (!derivative) return null;
      const [ta, tb] = [tangents.get(node.a), tangents.get(node.b)];
      if (ta === undefined && tb === undefined) return null;
      const [da, db] = derivative(g, node.a, node.b, id);
      const isExtremum = node.fn === 'min' || node.fn === 'max';
      const part = (t: NodeId | undefined, d: NodeId | null) => {
        if (t === undefined || d === null) return null;
        return isExtremum ? guard.weighted(t, d) : guard.times(t, d, false, singular);
      };
      // Where the first factor is 0 the product is, whatever the second one does.
      const second = node.fn === 'guardedMultiply' && tb !== undefined ? g.binary(node.fn, node.a, tb) : part(tb, db);
      return sum(g, part(ta, da), second);
    }
    case 'select': {
      const [ta, tb] = [tangents.get(node.a), tangents.get(node.b)];
      if (ta === undefined && tb === undefined) return null;
      return g.select(node.condition, ta ?? g.scalar(0), tb ?? g.scalar(0));
    }
    case 'broadcast':
      return lift(full(node.a), (t) => g.broadcast(t, node.shape));
    case 'reduce':
      return lift(full(node.a), (t) => reduceTangent(g, node, id, t));
    case 'reshape':
      return lift(full(node.a), (t) => g.reshape(t, node.shape));
    case 'transpose':
      return lift(full(node.a), (t) => g.transpose(t));
    case 'matmul': {
      const flip = (operand: NodeId, transposed: boolean) => (transposed ? g.transpose(operand) : operand);
      const left = lift(full(node.a), (t) => g.matmul(flip(t, node.transposeA), flip(node.b, node.transposeB)));
      const right = lift(full(node.b), (t) => g.matmul(flip(node.a, node.transposeA), flip(t, node.transposeB)));
      return sum(g, left, right);
    }
    case 'sampledMatmul': {
      const entries = (a: NodeId, b: NodeId) => g.gather(g.matmul(a, g.transpose(b)), node.indices, node.shape);
      const left = lift(full(node.a), (t) => entries(t, node.b));
      const right = lift(full(node.b), (t) => entries(node.a, t));
      return sum(g, left, right);
    }
    case 'sparseMatmul': {
      const matrix = (entries: NodeId) => {
        const sparse = g.scatter(entries, node.indices, node.sparse);
        return node.transposed ? g.transpose(sparse) : sparse;
      };
      const left = lift(full(node.a), (t) => g.matmul(matrix(t), node.b));
      const right = lift(full(node.b), (t) => g.matmul(matrix(node.a), t));
      return sum(g, left, right);
    }
    case 'gather':
      return lift(full(node.a), (t) => g.gather(t, node.indices, node.shape));
    case 'scatter':
      return lift(full(node.a), (t) => g.scatter(t, node.indices, node.shape));
    case 'convolve':
    case 'correlate': {
      const left = lift(full(node.a), (t) => g[node.op](t, node.b));
      const right = lift(full(node.b), (t) => g[node.op](node.a, t));
      return sum(g, left, right);
    }
  }
}

function reduceTangent(g: GraphBuilder, node: Extract<Node, { op: 'reduce' }>, id: NodeId, t: NodeId): NodeId {
  if (node.fn === 'sum') return g.sum(t, node.axes);
  const shape = g.shapeOf(node.a);
  const kept = shape.map((length, axis) => (node.axes.includes(axis) ? 1 : length));
  const attained = g.binary('equal', node.a, g.broadcast(g.reshape(id, kept), shape));
  const all = g.sum(g.select(attained, t, g.scalar(0)), node.axes);
  return g.divide(all, g.sum(attained, node.axes));
}

function lift(a: NodeId | null, then: (a: NodeId) => NodeId): NodeId | null {
  return a === null ? null : then(a);
}

function sum(g: GraphBuilder, a: NodeId | null, b: NodeId | null): NodeId | null {
  return a === null ? b : b === null ? a : g.add(a, b);
}
