/** How the predictor's Jacobian ∂w/∂θ is made, read off the graph: what structure it has decides what curvature costs. */
import type { GraphBuilder } from '../../compiler/builder.ts';
import type { NodeId } from '../../compiler/graph.ts';
import { sizeOf } from '../../compiler/shape.ts';
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
  if (isPointwiseMap(g, predictor, sizeOf(g.shapeOf(predictor)))) return { kind: 'pointwise' };
  const factors = productOf(g, predictor);
  const isChain = factors.length === parameters.length && new Set(factors).size === factors.length;
  if (isChain && factors.every((factor) => parameters.includes(factor))) return { kind: 'product', factors };
  return { kind: 'general' };
}

function isPointwiseMap(g: GraphBuilder, root: NodeId, size: number): boolean {
  const known = new Map<NodeId, boolean>();
  const visit = (id: NodeId): boolean => {
    const before = known.get(id);
    if (before !== undefined) return before;
    const node = g.graph.nodes[id];
    const fits = sizeOf(node.shape) === size;
    let result: boolean;
    if (node.op === 'constant') result = fits || node.shape.length === 0;
    else if (node.op === 'state') result = fits;
    else if (node.op === 'reshape' || node.op === 'unary') result = visit(node.a);
    else if (node.op === 'binary') result = visit(node.a) && visit(node.b);
    else if (node.op === 'select') result = visit(node.condition) && visit(node.a) && visit(node.b);
    else result = false;
    known.set(id, result);
    return result;
  };
  return visit(root);
}

/** The factors of a chain of matrix products, left to right. */
export function productOf(g: GraphBuilder, id: NodeId): NodeId[] {
  const node = g.graph.nodes[id];
  if (node.op === 'reshape') return productOf(g, node.a);
  if (node.op !== 'matmul' || node.transposeA || node.transposeB) return [id];
  return [...productOf(g, node.a), ...productOf(g, node.b)];
}
