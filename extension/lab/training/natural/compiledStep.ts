/**
 * The coefficients c of a natural gradient step Jᵀ c as graph nodes, so that whole steps are compiled. They are valid
 * if all matrices have full rank in float64. With checks enabled, they are non-finite if a matrix is too
 * ill-conditioned for the required accuracy.
 */
import type { GraphBuilder } from '../../compiler/builder.ts';
import { type NodeId, uniformValue } from '../../compiler/graph.ts';
import type { CompiledModule } from '../../compiler/module.ts';
import { sizeOf } from '../../compiler/shape.ts';
import { rankCutoff } from '../../linearAlgebra/completeOrthogonal.ts';
import { irregularSigns } from '../../linearAlgebra/irregular.ts';
import { type AnyProblemDescription, populationOf } from '../../problems/index.ts';
import type { ExampleCurvature } from '../lossHead.ts';
import type { Model } from '../model.ts';
import type { Gram, Space } from './gram.ts';
import { gaussianMoments } from './population.ts';
import type { FisherSettings } from './settings.ts';

export interface CompiledCoefficients {
  c: NodeId;
  /** Population quantities that must be computed before the step; null if there are none. */
  population: GaussianCurvature | null;
}

/** The inverse curvature of Gaussian inputs, H⁻¹ = across · I + along · w wᵀ, written before each step. */
export interface GaussianCurvature {
  states: NodeId[];
  /** The nodes read by {@link write}. */
  outputs: NodeId[];
  write(module: CompiledModule): void;
}

/** The inputs of a compiled step. */
export interface StepTask {
  model: Model;
  settings: FisherSettings;
  problem: AnyProblemDescription;
  space: Space;
  gram: Gram;
  example: ExampleCurvature;
  /** λ, a scalar; the constant 0 without damping. */
  damping: NodeId;
  /** Whether ill-conditioned systems yield non-finite numbers. */
  isChecked: boolean;
}

/** Null if this Fisher information has no compiled form. */
export function compiledCoefficients(task: StepTask): CompiledCoefficients | null {
  const { model, settings, space, example, damping } = task;
  const { g } = model;
  if (settings.fisher === 'empirical') return null;
  const isDamped = g.scalarValue(damping) !== 0;
  if (space === 'samples') return alone(isDamped ? dampedSamples(task) : solveGram(task, example.ratio));
  if (model.predictor === null) return null;
  if (settings.fisher === 'population') return populationStep(task, isDamped);
  return isDamped ? null : alone(trainPredictor(task));
}

function alone(c: NodeId | null): CompiledCoefficients | null {
  return c === null ? null : { c, population: null };
}

/** K⁻¹ b. */
function solveGram({ model: { g, parameterCount }, gram, isChecked }: StepTask, b: NodeId): NodeId {
  if (gram.kind === 'dense') return solveDense(g, gram.node, b, isChecked);
  const c = g.divide(b, gram.node);
  if (!isChecked) return c;
  // The singular values of J are the square roots of the entries of K, up to rounding.
  const cutoff = rankCutoff(sizeOf(g.shapeOf(b)), parameterCount) ** 2;
  const floor = g.multiply(g.scalar(cutoff), g.reduce('max', gram.node));
  return keepWhere(g, g.binary('greater', g.reduce('min', gram.node), floor), c);
}

/**
 * Maximum condition number of symmetric systems for using a Cholesky factorization, whose relative error is about 1e-16
 * times the condition number.
 */
const WELL_CONDITIONED = 1e9;

/**
 * M⁻¹ b, non-finite if the condition number of M exceeds {@link WELL_CONDITIONED}.
 * @param amplification factor by which later operations amplify a relative error of the solution (default 1)
 */
function solveDense(g: GraphBuilder, m: NodeId, b: NodeId, isChecked: boolean, amplification = g.scalar(1)): NodeId {
  const x = g.solve(m, b);
  if (!isChecked) return x;
  const loss = g.multiply(conditionOf(g, m), amplification);
  return keepWhere(g, g.binary('greater', g.scalar(WELL_CONDITIONED), loss), x);
}

/**
 * The condition number of a factored matrix, estimated by two steps of inverse iteration. The factor is exact for a
 * matrix within rounding error, so that singularity is detected, too.
 */
function conditionOf(g: GraphBuilder, m: NodeId): NodeId {
  const [n] = g.shapeOf(m);
  const first = g.solve(m, g.constant(irregularSigns(n), [n]));
  const second = g.solve(m, first);
  return g.multiply(length(g, m), g.divide(length(g, second), length(g, first)));
}

/** The value itself if the condition is 1, non-finite (or NaN) if it is 0. */
function keepWhere(g: GraphBuilder, condition: NodeId, value: NodeId): NodeId {
  return g.multiply(value, g.divide(g.scalar(1), condition));
}

/** The L2 norm of all entries, as a product of a row and a column, without storing the squares. */
function length(g: GraphBuilder, a: NodeId): NodeId {
  const size = sizeOf(g.shapeOf(a));
  return g.unary('sqrt', g.reshape(g.matmul(g.reshape(a, [1, size]), g.reshape(a, [size, 1])), []));
}

/** c = √h (√h K √h + λ)⁻¹ √h ρ, with h and λ in units of the largest h. */
function dampedSamples({ model: { g }, gram, example, damping, isChecked }: StepTask): NodeId {
  const { curvature, ratio, shift } = example;
  const n = sizeOf(g.shapeOf(ratio));
  const largest = g.reduce('max', curvature);
  const relative = g.divide(g.multiply(g.multiply(damping, g.scalar(n)), g.unary('exp', shift)), largest);
  // All h alike, as of the square loss, are the largest.
  const root = uniformValue(g.graph, curvature) === null ? g.unary('sqrt', g.divide(curvature, largest)) : null;
  const weighted = (a: NodeId) => (root === null ? a : g.multiply(root, a));
  const b = weighted(ratio);
  if (gram.kind === 'diagonal') {
    const system = g.add(root === null ? gram.node : g.multiply(g.multiply(root, root), gram.node), relative);
    return weighted(g.divide(b, system));
  }
  const system =
    root === null ? gram.node : g.multiply(g.multiply(gram.node, g.reshape(root, [n, 1])), g.reshape(root, [1, n]));
  return weighted(solveDense(g, plusDiagonal(g, system, relative), b, isChecked));
}

/** m + λ I. */
function plusDiagonal(g: GraphBuilder, m: NodeId, lambda: NodeId): NodeId {
  const [n] = g.shapeOf(m);
  const identity = new Float64Array(n * n);
  for (let i = 0; i < n; i++) identity[i * (n + 1)] = 1;
  return g.add(m, g.multiply(lambda, g.constant(identity, [n, n])));
}

/**
 * c = G⁻¹ H⁻¹ γ with the population's H, whose inverse is known in closed form; damping is supported if H is a multiple
 * of the identity.
 */
function populationStep(task: StepTask, isDamped: boolean): CompiledCoefficients | null {
  const { model, problem, gram, damping } = task;
  const { g, predictor } = model;
  const form = populationOf(problem).curvature;
  if (form.kind === 'inputs' || predictor === null) return null;
  const gamma = slopeOfPredictor(task);
  const shape = g.shapeOf(predictor);
  if (form.kind === 'scalar') {
    const target = g.multiply(g.scalar(1 / form.value), gamma);
    if (!isDamped) return alone(g.reshape(solveGram(task, target), shape));
    const relative = g.multiply(damping, g.scalar(1 / form.value));
    if (gram.kind === 'diagonal') return alone(g.reshape(g.divide(target, g.add(gram.node, relative)), shape));
    return alone(g.reshape(solveDense(g, plusDiagonal(g, gram.node, relative), target, task.isChecked), shape));
  }
  if (isDamped) return null;
  const [across, along] = [g.state('1 / a', []), g.state('(1 / b − 1 / a) / ‖w‖²', [])];
  const inner = g.sum(g.multiply(predictor, gamma));
  const target = g.add(g.multiply(across, gamma), g.multiply(g.multiply(along, inner), predictor));
  const write = (module: CompiledModule) => {
    const square = module.view(predictor).reduce((sum, x) => sum + x * x, 0);
    const [a, b] = gaussianMoments(Math.sqrt(square));
    module.view(across)[0] = 1 / a;
    module.view(along)[0] = square > 0 ? (1 / b - 1 / a) / square : 0;
  };
  return { c: solveGram(task, target), population: { states: [across, along], outputs: [predictor], write } };
}

/** γ = ∂L/∂w, [d]. */
function slopeOfPredictor({ model: { g, data }, example: { slope, shift } }: StepTask): NodeId {
  const { train, predictorShape } = data;
  const size = sizeOf(predictorShape);
  const mean = g.multiply(g.multiply(g.scalar(1 / train.count), slope), g.unary('exp', g.unary('negate', shift)));
  if (train.kind === 'entries') return g.scatter(mean, train.indices, [size]);
  const x = g.constant(train.values, [train.count, size]);
  return g.reshape(g.matmul(g.transpose(x), g.reshape(mean, [train.count, 1])), [size]);
}

/** c = G⁻¹ H⁻¹ γ with H = Xᵀ diag(h) X; 1/n and e^s cancel. */
function trainPredictor(task: StepTask): NodeId | null {
  const { model, example, isChecked } = task;
  const { g, data, predictor } = model;
  if (data.train.kind !== 'rows' || predictor === null) return null;
  const { values, count, dimension } = data.train;
  const x = g.constant(values, [count, dimension]);
  const scaled = g.multiply(x, g.reshape(example.curvature, [count, 1]));
  const curvature = g.matmul(g.transpose(scaled), x);
  const gamma = g.reshape(g.matmul(g.transpose(x), g.reshape(example.slope, [count, 1])), [dimension]);
  // A relative error of H⁻¹ γ is amplified by the condition number of J in G⁻¹ and Jᵀ.
  const { gram } = task;
  const gramCondition =
    gram.kind === 'dense'
      ? conditionOf(g, gram.node)
      : g.divide(g.reduce('max', gram.node), g.reduce('min', gram.node));
  const amplification = isChecked ? g.unary('sqrt', gramCondition) : undefined;
  const inner = solveDense(g, curvature, gamma, isChecked, amplification);
  return g.reshape(solveGram(task, inner), g.shapeOf(predictor));
}
