/**
 * The Gram matrix K = J Jᵀ of a Jacobian J = ∂z/∂θ (the neural tangent kernel on z), as graph nodes and without forming
 * J, if the structure of the parameterization allows it.
 */
import { reverse } from '../../compiler/autodiff/reverse.ts';
import type { GraphBuilder } from '../../compiler/builder.ts';
import { type NodeId, reachable } from '../../compiler/graph.ts';
import { sizeOf } from '../../compiler/shape.ts';
import { type Model, predictorOf } from '../model.ts';
import { layersGram } from './layers.ts';
import { sensingGram } from './sensingGram.ts';
import type { Structure } from './structure.ts';

/** K of the predictor's entries (z = w), or of the training outputs (z = f). */
export type Space = 'predictor' | 'samples';

/** Either the diagonal of a diagonal K, [q], or K itself, [q, q]. */
export type Gram = { kind: 'diagonal'; node: NodeId } | { kind: 'dense'; node: NodeId };

/** Null if an explicit Jacobian is required. */
export function gramOf(model: Model, structure: Structure, space: Space): Gram | null {
  switch (structure.kind) {
    case 'pointwise':
      return pointwiseGram(model, space);
    case 'product':
      return productGram(model, structure.factors, space);
    case 'layers':
      return {
        kind: 'dense',
        node: layersGram(model.g, { outputs: model.trainOutputs, layers: structure.layers }),
      };
    case 'general':
      return null;
  }
}

/** w_i depends only on θ_i: (∂w/∂θ)(∂w/∂θ)ᵀ is diagonal, Σ_blocks (∂w_i/∂θ_i)². */
function pointwiseGram(model: Model, space: Space): Gram {
  const { g, data } = model;
  const squares = squaredSlopes(model, predictorOf(model));
  if (space === 'predictor') return { kind: 'diagonal', node: squares };
  if (data.train.kind === 'entries') {
    return { kind: 'diagonal', node: g.gather(squares, data.train.indices, [data.train.count]) };
  }
  const { values, count, dimension } = data.train;
  const scaled = g.multiply(
    g.constant(values, [count, dimension]),
    g.reshape(g.unary('sqrt', squares), [1, dimension]),
  );
  return { kind: 'dense', node: g.matmul(scaled, g.transpose(scaled)) };
}

/** Σ_blocks (∂w_i/∂θ_i)², flat, if w_i depends only on θ_i. */
export function squaredSlopes({ g, parameters }: Model, predictor: NodeId): NodeId {
  const size = sizeOf(g.shapeOf(predictor));
  const ones = g.broadcast(g.scalar(1), g.shapeOf(predictor));
  // Parameters that the predictor does not depend on may have any shape, and do not contribute.
  const used = reachable(g.graph, [predictor]);
  const moving = parameters.filter((parameter) => used.has(parameter));
  const slopes = reverse(g, [{ node: predictor, derivative: ones }], moving);
  const squares = slopes.map((slope) => g.reshape(g.multiply(slope, slope), [size]));
  return squares.length === 0 ? g.broadcast(g.scalar(0), [size]) : squares.reduce((a, b) => g.add(a, b));
}

/**
 * W = A_l W_l B_l for each factor l, so K = Σ_l (A_l A_lᵀ) ⊗ (B_lᵀ B_l): entry ((i, j), (i′, j′)) is
 * Σ_l (A_l A_lᵀ)[i, i′] (B_lᵀ B_l)[j, j′].
 */
function productGram(model: Model, factors: NodeId[], space: Space): Gram {
  const { g, data } = model;
  const left = partialProducts(factors, (chain, factor) => g.matmul(chain, factor));
  const right = partialProducts([...factors].reverse(), (chain, factor) => g.matmul(factor, chain)).reverse();
  const outer = left.map((a) => (a === null ? null : g.matmul(a, g.transpose(a))));
  const inner = right.map((b) => (b === null ? null : g.matmul(g.transpose(b), b)));
  if (data.predictorShape.length === 1) return vectorGram(model, outer, right, inner, space);
  const [rows, columns] = data.predictorShape;
  if (space === 'samples' && data.train.kind === 'rows') {
    return { kind: 'dense', node: sensingGram(g, { ...data.train, rows, columns }, left, right) };
  }
  const entries =
    space === 'samples' && data.train.kind === 'entries'
      ? data.train.indices
      : Int32Array.from({ length: rows * columns }, (_, i) => i);
  const node = g.apply({ op: 'kronecker', left: outer, right: inner, indices: entries, height: rows, width: columns });
  return { kind: 'dense', node };
}

/** One row: A_l A_lᵀ is a number. */
function vectorGram(
  model: Model,
  outer: (NodeId | null)[],
  right: (NodeId | null)[],
  inner: (NodeId | null)[],
  space: Space,
): Gram {
  const { g, data } = model;
  const [dimension] = data.predictorShape;
  const terms = right.map((b, l) => {
    const weight = outer[l] === null ? g.scalar(1) : g.reshape(outer[l], []);
    if (space === 'predictor' || data.train.kind === 'entries')
      return g.multiply(weight, inner[l] ?? identity(g, dimension));
    const x = g.constant(data.train.values, [data.train.count, dimension]);
    const seen = b === null ? x : g.matmul(x, g.transpose(b));
    return g.multiply(weight, g.matmul(seen, g.transpose(seen)));
  });
  return { kind: 'dense', node: terms.reduce((a, b) => g.add(a, b)) };
}

/** For each factor, the product of its predecessors; null for the empty product. */
function partialProducts(factors: NodeId[], join: (chain: NodeId, factor: NodeId) => NodeId): (NodeId | null)[] {
  let chain: NodeId | null = null;
  return factors.map((factor) => {
    const before = chain;
    chain = chain === null ? factor : join(chain, factor);
    return before;
  });
}

function identity(g: GraphBuilder, size: number): NodeId {
  const values = new Float64Array(size * size);
  for (let i = 0; i < size; i++) values[i * size + i] = 1;
  return g.constant(values, [size, size]);
}
