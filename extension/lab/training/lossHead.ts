/** Derivatives of the losses in closed form, as functions of the outputs. n is the number of training examples. */
import type { GraphBuilder } from '../compiler/builder.ts';
import type { NodeId } from '../compiler/graph.ts';
import { sizeOf } from '../compiler/shape.ts';
import type { Loss } from '../problems/problem.ts';

/** ∂L/∂f for the mean loss L, [n]: logistic −y σ(−y f) / n, square (f − y) / n. */
export function lossGradient(g: GraphBuilder, loss: Loss, outputs: NodeId, y: NodeId): NodeId {
  const perExample = g.scalar(1 / sizeOf(g.shapeOf(outputs)));
  if (loss === 'square') return g.multiply(perExample, g.subtract(outputs, y));
  const against = g.unary('negate', g.multiply(y, outputs));
  return g.multiply(g.unary('negate', perExample), g.multiply(y, g.unary('sigmoid', against)));
}

/**
 * ∂L/∂f and L, both multiplied by e^s with the shift s = max(0, least margin): the ratio ∇L / L then keeps its
 * precision where the loss itself has long left the range of float64. (The square loss needs no shift.)
 */
export function scaledLoss(
  g: GraphBuilder,
  loss: Loss,
  outputs: NodeId,
  y: NodeId,
): { gradient: NodeId; loss: NodeId } {
  if (loss === 'square') {
    const residual = g.subtract(outputs, y);
    const half = g.multiply(g.scalar(0.5), g.mean(g.multiply(residual, residual)));
    return { gradient: lossGradient(g, loss, outputs, y), loss: half };
  }
  const { m, shift, decay, weight } = shiftedSigmoid(g, outputs, y);
  // log(1 + e^{−m}) = e^{−m} to the last bit beyond m = 37.
  const far = g.binary('greater', m, g.scalar(37));
  const plain = g.unary('softplus', g.unary('negate', m));
  const value = g.select(far, decay, g.multiply(g.unary('exp', shift), plain));
  const gradient = g.multiply(g.scalar(-1 / sizeOf(g.shapeOf(outputs))), g.multiply(y, weight));
  return { gradient, loss: g.mean(value) };
}

/** Margins m = y·f, the shift s = max(0, least margin), e^{s − m}, and σ(−m) e^s. */
function shiftedSigmoid(g: GraphBuilder, outputs: NodeId, y: NodeId) {
  const m = g.multiply(y, outputs);
  const shift = g.binary('max', g.scalar(0), g.reduce('min', m));
  const decay = g.unary('exp', g.subtract(shift, m)); // at most 1 where m > 0
  const e = g.unary('exp', g.unary('negate', m));
  const positive = g.binary('greater', m, g.scalar(0));
  const plain = g.unary('sigmoid', g.unary('negate', m));
  const weight = g.select(positive, g.divide(decay, g.add(g.scalar(1), e)), plain);
  return { m, shift, decay, weight };
}

/** What natural gradients need of each example, [n]; slope and curvature are multiplied by e^s, s being the shift. */
export interface ExampleCurvature {
  /** ∂ℓ/∂f · e^s. */
  slope: NodeId;
  /** S · e^s. */
  curvature: NodeId;
  /** (∂ℓ/∂f) / S, exact at any margin: logistic −y (1 + e^{−m}), square f − y. */
  ratio: NodeId;
  shift: NodeId;
}

export function exampleCurvature(g: GraphBuilder, loss: Loss, outputs: NodeId, y: NodeId): ExampleCurvature {
  if (loss === 'square') {
    const residual = g.subtract(outputs, y);
    return {
      slope: residual,
      curvature: g.broadcast(g.scalar(1), g.shapeOf(outputs)),
      ratio: residual,
      shift: g.scalar(0),
    };
  }
  const { m, shift, weight } = shiftedSigmoid(g, outputs, y);
  const against = g.unary('negate', y);
  return {
    slope: g.multiply(against, weight),
    curvature: g.multiply(weight, g.unary('sigmoid', m)),
    ratio: g.multiply(against, g.add(g.scalar(1), g.unary('exp', g.unary('negate', m)))),
    shift,
  };
}

/** S = ∂²ℓ/∂f² of one example: logistic σ(f) σ(−f), square 1. */
export function curvatureAt(loss: Loss, output: number): number {
  if (loss === 'square') return 1;
  const e = Math.exp(-Math.abs(output));
  return e / ((1 + e) * (1 + e));
}
