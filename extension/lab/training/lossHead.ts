/** Derivatives of the losses in closed form, as functions of the outputs. n is the number of training examples. */
import type { GraphBuilder } from '../compiler/builder.ts';
import type { NodeId } from '../compiler/graph.ts';
import { sizeOf } from '../compiler/shape.ts';
import type { Loss } from '../problems/problem.ts';
import type { Model } from './model.ts';
import type { Fisher } from './natural/settings.ts';

/** ∂L/∂f for the mean loss L, [n]: logistic −y σ(−y f) / n, square (f − y) / n. */
export function lossGradient(g: GraphBuilder, loss: Loss, outputs: NodeId, y: NodeId): NodeId {
  const perExample = g.scalar(1 / sizeOf(g.shapeOf(outputs)));
  if (loss === 'square') return g.multiply(perExample, g.subtract(outputs, y));
  const against = g.unary('negate', g.multiply(y, outputs));
  return g.multiply(g.unary('negate', perExample), g.multiply(y, g.unary('sigmoid', against)));
}

/**
 * ∂L/∂f and L, both multiplied by e^s with the shift s = max(0, least margin): the ratio ∇L / L then stays accurate
 * even if the loss underflows. (The square loss needs no shift.)
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
  // log(1 + e^{−m}) = e^{−m} in float64 for m > 37.
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

/**
 * Per-example quantities for natural gradients, [n]. Under the logistic loss, slope and curvature decay like e^{−m};
 * they are multiplied by e^s with the shift s, so that they do not underflow.
 */
export interface ExampleCurvature {
  /** ∂ℓ/∂f · e^s. */
  slope: NodeId;
  /** h e^s: the weight of J_iᵀ J_i in n·F, which is S, or the square of ∂ℓ/∂f for the empirical Fisher. */
  curvature: NodeId;
  /** (∂ℓ/∂f) / h, accurate for any margin: with h = S logistic −y (1 + e^{−m}), square f − y. */
  ratio: NodeId;
  /** s = max(0, least margin) of the logistic loss, 0 of the square loss; a scalar. */
  shift: NodeId;
}

export function exampleCurvature({ g, data, trainOutputs }: Model, fisher: Fisher): ExampleCurvature {
  const y = g.constant(data.trainTargets, [data.trainTargets.length]);
  const example = data.loss === 'square' ? squareCurvature(g, trainOutputs, y) : logisticCurvature(g, trainOutputs, y);
  if (fisher !== 'empirical') return example;
  // The mean of g gᵀ: (slope e^{−s})² in units of e^{−s}.
  const { slope, shift } = example;
  const curvature = g.multiply(g.multiply(slope, slope), g.unary('exp', g.unary('negate', shift)));
  return { slope, curvature, ratio: g.divide(slope, curvature), shift };
}

function squareCurvature(g: GraphBuilder, outputs: NodeId, y: NodeId): ExampleCurvature {
  const residual = g.subtract(outputs, y);
  const curvature = g.broadcast(g.scalar(1), g.shapeOf(outputs));
  return { slope: residual, curvature, ratio: residual, shift: g.scalar(0) };
}

function logisticCurvature(g: GraphBuilder, outputs: NodeId, y: NodeId): ExampleCurvature {
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
