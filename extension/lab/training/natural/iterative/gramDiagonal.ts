/** The diagonal of K = J Jᵀ, the squared norm of each output's gradient, if the structure makes it cheap. */
import type { GraphBuilder } from '../../../compiler/builder.ts';
import type { NodeId } from '../../../compiler/graph.ts';
import type { Model } from '../../model.ts';
import { type Space, squaredSlopes } from '../gram.ts';
import { deltasOf } from '../layers.ts';
import { structureOf } from '../structure.ts';

/** Over the training outputs or the predictor's entries, flat; null if it would take one backward pass per output. */
export function gramDiagonal(model: Model, space: Space): NodeId | null {
  const structure = structureOf(model);
  if (structure.kind === 'layers') return layersDiagonal(model, structure.layers);
  return structure.kind === 'pointwise' ? pointwiseDiagonal(model, space) : null;
}

/** Σ_layers ‖δ_i‖² (‖a_i‖² [+ 1 for b]). */
function layersDiagonal({ g, trainOutputs }: Model, layers: NonNullable<Model['layers']>): NodeId {
  const deltas = deltasOf(g, { outputs: trainOutputs, layers });
  const terms = layers.map(({ input, biased }, l) => {
    const inner = squares(g, input);
    return g.multiply(squares(g, deltas[l]), biased ? g.add(inner, g.scalar(1)) : inner);
  });
  return terms.reduce((a, b) => g.add(a, b));
}

/** Row by row. */
function squares(g: GraphBuilder, a: NodeId): NodeId {
  return g.sum(g.multiply(a, a), [1]);
}

/** Σ_j x_ij² Σ_blocks (∂w_j/∂θ_j)². */
function pointwiseDiagonal(model: Model, space: Space): NodeId | null {
  const { g, predictor, data } = model;
  if (predictor === null) return null;
  const moves = squaredSlopes(model, predictor);
  if (space === 'predictor') return moves;
  if (data.train.kind === 'entries') return g.gather(moves, data.train.indices, [data.train.count]);
  const { values, count, dimension } = data.train;
  const x = g.constant(
    values.map((value) => value * value),
    [count, dimension],
  );
  return g.reshape(g.matmul(x, g.reshape(moves, [dimension, 1])), [count]);
}
