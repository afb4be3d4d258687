/** γ = ∂L/∂w as a graph node. */
import type { NodeId } from '../../compiler/graph.ts';
import { sizeOf } from '../../compiler/shape.ts';
import { exampleCurvature } from '../lossHead.ts';
import { type Model, predictorOf } from '../model.ts';

/** Flat, or with one row. */
export function predictorSlope(model: Model): NodeId {
  const { g, data } = model;
  const { train } = data;
  const { slope, shift } = exampleCurvature(model, 'population');
  const mean = g.multiply(g.multiply(slope, g.scalar(1 / train.count)), g.unary('exp', g.unary('negate', shift)));
  if (train.kind === 'entries') return g.scatter(mean, train.indices, [sizeOf(g.shapeOf(predictorOf(model)))]);
  return g.matmul(g.reshape(mean, [1, train.count]), g.constant(train.values, [train.count, train.dimension]));
}
