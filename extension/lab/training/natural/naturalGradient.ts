/**
 * Natural gradient descent, θ ← θ − rate · (F + damping I)⁻¹ ∇L, minimum norm where F is singular (Amari 1998; the
 * solution in sample space as in Karakida and Osawa 2020). F is never formed where a smaller matrix will do.
 */
import { reverse } from '../../compiler/autodiff/reverse.ts';
import type { NodeId } from '../../compiler/graph.ts';
import type { CompiledModule } from '../../compiler/module.ts';
import { sizeOf } from '../../compiler/shape.ts';
import type { NaturalGradientDescent } from '../../optimizers/optimizer.ts';
import type { Problem } from '../../problems/problem.ts';
import type { Model } from '../model.ts';
import { compileModel, type Trainer } from '../trainer.ts';
import { gramOf, type Space } from './gram.ts';
import { evaluateJacobian, gramOfRows, jacobianProgram } from './jacobian.ts';
import { ParameterSpace } from './parameterSpace.ts';
import { addOuterProducts, populationMetric } from './populationMetric.ts';
import { type Metric, solvePredictor } from './predictorSpace.ts';
import { type GramValues, solveSamples } from './sampleSpace.ts';
import { structureOf } from './structure.ts';
import { exampleWeights, makeWeights } from './weights.ts';

export function naturalGradientDescent(
  model: Model,
  optimizer: NaturalGradientDescent,
  problem: Problem,
  seed: number,
): Trainer {
  const space = spaceFor(model, optimizer);
  if (space === 'parameters') return new ParameterSpace(model, optimizer, problem, seed);
  const curvature = compileCurvature(model, optimizer, space);
  const { module, coefficients, gram } = curvature;
  const outputs = module.view(model.trainOutputs);
  const weights = makeWeights(outputs.length);
  const { data } = model;
  const metricAt =
    optimizer.fisher === 'population' ? populationMetric(problem, data, optimizer.fisherSamples, seed) : null;
  const gamma = new Float64Array(coefficients.length);
  let rank = coefficients.length;

  /** ∂L/∂w and H in units of e^{−s}, and the damping in the same units. */
  const predictorSystem = (): { metric: Metric; damping: number } => {
    const unit = metricAt ? Math.exp(-weights.shift) : 1;
    gamma.fill(0);
    if (data.train.kind === 'entries') {
      data.train.indices.forEach((entry, i) => {
        gamma[entry] = weights.slope[i] / outputs.length;
      });
    } else {
      addRows(gamma, data.train.values, weights.slope, unit / outputs.length);
    }
    if (metricAt) return { metric: metricAt(module.view(model.predictor)), damping: optimizer.damping };
    const values = new Float64Array(gamma.length ** 2);
    if (data.train.kind === 'rows') {
      addOuterProducts(
        values,
        data.train.values,
        outputs.length,
        gamma.length,
        (i) => weights.curvature[i] / outputs.length,
      );
    }
    return { metric: { kind: 'dense', values }, damping: optimizer.damping * Math.exp(weights.shift) };
  };

  const once = () => {
    curvature.evaluate();
    exampleWeights(data.loss, outputs, data.trainTargets, optimizer.fisher, weights);
    if (space === 'samples') {
      rank = solveSamples(gram, weights, optimizer.damping, coefficients);
    } else {
      const { metric, damping } = predictorSystem();
      rank = solvePredictor(gram, metric, gamma, damping, coefficients);
    }
    curvature.update();
  };
  return {
    module,
    step: (times) => {
      for (let t = 0; t < times; t++) once();
    },
    report: () => ({ solver: space, fisher: optimizer.fisher, rank, size: coefficients.length }),
  };
}

/** The smallest space in which the system can have full rank. */
function spaceFor(model: Model, optimizer: NaturalGradientDescent): Space | 'parameters' {
  if (optimizer.solver !== 'auto')
    return optimizer.solver === 'samples' && optimizer.fisher === 'population' ? 'predictor' : optimizer.solver;
  const d = sizeOf(model.g.shapeOf(model.predictor));
  const n = model.data.train.count;
  const space =
    optimizer.fisher === 'population' || (model.data.train.kind === 'rows' && n > d) ? 'predictor' : 'samples';
  return model.parameterCount < (space === 'samples' ? n : d) ? 'parameters' : space;
}

interface Curvature {
  module: CompiledModule;
  gram: GramValues;
  /** c of the step Jᵀ c. */
  coefficients: Float64Array;
  /** Brings outputs and Gram matrix up to date. */
  evaluate(): void;
  /** θ ← θ − rate · Jᵀ c. */
  update(): void;
}

function compileCurvature(model: Model, optimizer: NaturalGradientDescent, space: Space): Curvature {
  const { g, parameters } = model;
  const z = space === 'samples' ? model.trainOutputs : model.predictor;
  const gramNode = gramOf(model, structureOf(model), space);
  const rows = gramNode ? null : jacobianProgram(model, z, 'row');
  const c = g.state('coefficients', g.shapeOf(z));
  const step = reverse(g, [{ node: z, derivative: c }], parameters);
  const assignments = parameters.map((state, i) => ({
    state,
    value: g.subtract(state, g.multiply(g.scalar(optimizer.rate), step[i])),
  }));
  const outputs: NodeId[] = [model.trainOutputs, model.predictor, ...(gramNode ? [gramNode.node] : [])];
  const entries = [
    { name: 'curvature', outputs },
    { name: 'update', outputs: [], assignments, after: ['curvature'] },
    ...(rows ? [rows.entry] : []),
  ];
  const module = compileModel(model, entries, rows ? [c, rows.seed] : [c]);
  const [curvature, update] = [module.entry('curvature'), module.entry('update')];
  const coefficients = module.view(c);
  if (gramNode) {
    const gram = { kind: gramNode.kind, values: module.view(gramNode.node) };
    return { module, gram, coefficients, evaluate: () => curvature(1), update: () => update(1) };
  }
  const q = coefficients.length;
  const p = model.parameterCount;
  const jacobian = new Float64Array(q * p);
  const gram: GramValues = { kind: 'dense', values: new Float64Array(q * q) };
  const evaluate = () => {
    if (rows) evaluateJacobian(rows, module, p, jacobian);
    gramOfRows(jacobian, q, p, gram.values);
    curvature(1);
  };
  return { module, gram, coefficients, evaluate, update: () => update(1) };
}

/** into += scale · Xᵀ v. */
function addRows(into: Float64Array, x: Float64Array, v: Float64Array, scale: number): void {
  const d = into.length;
  for (let i = 0; i < v.length; i++) {
    const weight = scale * v[i];
    for (let j = 0; j < d; j++) into[j] += weight * x[i * d + j];
  }
}
