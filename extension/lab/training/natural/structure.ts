/** The structure of the predictor's Jacobian ∂w/∂θ, derived from the graph. It determines the cost of curvature. */
import type { GraphBuilder } from '../../compiler/builder.ts';
import { type NodeId, reachable } from '../../compiler/graph.ts';
import { type Shape, sameShape, sizeOf } from '../../compiler/shape.ts';
import type { Layer } from '../../network/network.ts';
import type { Model } from '../model.ts';

export type Structure =
  /** Each weight depends on its own entry of each parameter: ∂w/∂θ is a row of diagonal matrices. */
  | { kind: 'pointwise' }
  /** W = W_L ⋯ W_1, each factor a parameter; the last factor first. */
  | { kind: 'product'; factors: NodeId[] }
  /** f of the training inputs by the layers of a network: there is no predictor. */
  | { kind: 'layers'; layers: Layer[] }
  | { kind: 'general' };

export function structureOf(model: Model): Structure {
  const { g, predictor, parameters, layers } = model;
  if (predictor === null) return layers ? { kind: 'layers', layers } : { kind: 'general' };
  if (isPointwiseMap(g, predictor)) return { kind: 'pointwise' };
  const factors = productOf(g, predictor, model.data.predictorShape) ?? [];
  const reached = reachable(g.graph, [predictor]);
  const used = parameters.filter((parameter) => reached.has(parameter));
  const isChain = factors.length > 0 && factors.length === used.length && new Set(factors).size === factors.length;
  if (isChain && factors.every((factor) => parameters.includes(factor))) return { kind: 'product', factors };
  return { kind: 'general' };
}

/** Whether each entry of `root` depends on its own entry of each state. */
export function isPointwiseMap(g: GraphBuilder, root: NodeId): boolean {
  const size = sizeOf(g.shapeOf(root));
  for (const id of reachable(g.graph, [root])) {
    const node = g.graph.nodes[id];
    const fits = sizeOf(node.shape) === size;
    if (node.op === 'constant' ? !fits && node.shape.length > 0 : node.op === 'state' && !fits) return false;
    if (!['constant', 'state', 'reshape', 'unary', 'binary', 'select'].includes(node.op)) return false;
  }
  return true;
}

/**
 * The factors of a chain W_L ⋯ W_1 of matrices, left to right, if the product itself is the predictor: a matrix, or a
 * matrix with a single row for a vector.
 * @param shape the predictor's
 * @returns null if the predictor is not exactly such a product; any node that is not a product is a factor
 */
export function productOf(g: GraphBuilder, predictor: NodeId, shape: Shape): NodeId[] | null {
  const isVector = shape.length === 1;
  const node = g.graph.nodes[predictor];
  const chain = isVector && node.op === 'reshape' ? node.a : predictor;
  return sameShape(g.shapeOf(chain), isVector ? [1, shape[0]] : shape) ? factorsOf(g, chain) : null;
}

function factorsOf(g: GraphBuilder, id: NodeId): NodeId[] {
  const node = g.graph.nodes[id];
  if (node.op !== 'matmul' || node.transposeA || node.transposeB) return [id];
  return [...factorsOf(g, node.a), ...factorsOf(g, node.b)];
}
