/**
 * The coefficients of a natural gradient step as nodes of the graph, so that whole steps run compiled. They hold where
 * every matrix on the way has full rank; elsewhere they are NaN, and the step is solved with care instead.
 */
import type { GraphBuilder } from '../../compiler/builder.ts';
import type { NodeId } from '../../compiler/graph.ts';
import { sizeOf } from '../../compiler/shape.ts';
import type { NaturalMetric } from '../../optimizers/optimizer.ts';
import type { ExampleCurvature } from '../lossHead.ts';
import type { Model } from '../model.ts';
import type { Gram, Space } from './gram.ts';

/**
 * c of the step Jᵀ c, or null where this Fisher information has no compiled form.
 * @param damping a scalar, the constant 0 where there is none
 */
export function compiledCoefficients(
  model: Model,
  optimizer: NaturalMetric,
  space: Space,
  gram: Gram,
  example: ExampleCurvature,
  damping: NodeId,
): NodeId | null {
  if (optimizer.fisher === 'empirical') return null;
  const { g } = model;
  const isDamped = g.scalarValue(damping) !== 0;
  if (space === 'samples') {
    return isDamped ? dampedSamples(g, gram, example, damping) : solveGram(g, gram, example.ratio);
  }
  if (isDamped || model.predictor === null) return null;
  return optimizer.fisher === 'population'
    ? completionPopulation(model, gram, example)
    : trainPredictor(model, gram, example);
}

function solveGram(g: GraphBuilder, gram: Gram, b: NodeId): NodeId {
  return gram.kind === 'diagonal' ? g.divide(b, gram.node) : g.solve(gram.node, b);
}

/** c = √h (√h K √h + λ)⁻¹ √h ρ, with h and λ in units of the largest h. */
function dampedSamples(
  g: GraphBuilder,
  gram: Gram,
  { curvature, ratio, shift }: ExampleCurvature,
  damping: NodeId,
): NodeId | null {
  if (gram.kind === 'diagonal') return null;
  const n = sizeOf(g.shapeOf(ratio));
  const largest = g.reduce('max', curvature);
  const root = g.unary('sqrt', g.divide(curvature, largest));
  const relative = g.divide(g.multiply(g.multiply(damping, g.scalar(n)), g.unary('exp', shift)), largest);
  const weighted = g.multiply(g.multiply(gram.node, g.reshape(root, [n, 1])), g.reshape(root, [1, n]));
  const identity = Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0));
  const system = g.add(weighted, g.multiply(relative, g.constant(identity, [n, n])));
  return g.multiply(root, g.solve(system, g.multiply(root, ratio)));
}

/** H = I / mn over all entries of a matrix: c = mn K⁻¹ ∂L/∂W. */
function completionPopulation({ g, data, predictor }: Model, gram: Gram, { slope }: ExampleCurvature): NodeId | null {
  if (data.train.kind !== 'entries' || predictor === null) return null;
  const size = sizeOf(data.predictorShape);
  const gamma = g.scatter(g.multiply(g.scalar(size / data.train.count), slope), data.train.indices, [size]);
  return g.reshape(solveGram(g, gram, gamma), g.shapeOf(predictor));
}

/** c = G⁻¹ H⁻¹ γ with H = Xᵀ diag(h) X; 1/n and e^s cancel. */
function trainPredictor(
  { g, data, predictor }: Model,
  gram: Gram,
  { slope, curvature }: ExampleCurvature,
): NodeId | null {
  if (data.train.kind !== 'rows' || predictor === null) return null;
  const { values, count, dimension } = data.train;
  const x = g.constant(values, [count, dimension]);
  const scaled = g.multiply(x, g.reshape(curvature, [count, 1]));
  const metric = g.matmul(g.transpose(scaled), x);
  const gamma = g.reshape(g.matmul(g.transpose(x), g.reshape(slope, [count, 1])), [dimension]);
  return g.reshape(solveGram(g, gram, g.solve(metric, gamma)), g.shapeOf(predictor));
}
