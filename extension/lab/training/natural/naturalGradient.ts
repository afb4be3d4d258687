/**
 * Natural gradient descent, θ ← θ − rate · (F + damping I)⁻¹ ∇L, minimum norm where F is singular (Amari 1998; the
 * solution in sample space as in Karakida and Osawa 2020). F is never formed where a smaller matrix will do.
 */
import { reverse } from '../../compiler/autodiff/reverse.ts';
import type { Run } from '../../compiler/cpu/javascript.ts';
import type { NodeId } from '../../compiler/graph.ts';
import type { Entry } from '../../compiler/lower/lower.ts';
import type { CompiledModule } from '../../compiler/module.ts';
import { sizeOf } from '../../compiler/shape.ts';
import type { NaturalGradientDescent } from '../../optimizers/optimizer.ts';
import type { Problem } from '../../problems/problem.ts';
import { type Model, predictorOf } from '../model.ts';
import { compileModel, type Trainer } from '../trainer.ts';
import { CarefulSolver, type CurvatureValues } from './carefulSolver.ts';
import { compiledCoefficients } from './compiledStep.ts';
import { gramOf, type Space } from './gram.ts';
import { gramOfRows, jacobianProgram } from './jacobian.ts';
import { ParameterSpace } from './parameterSpace.ts';
import type { GramValues } from './sampleSpace.ts';
import { structureOf } from './structure.ts';

export function naturalGradientDescent(
  model: Model,
  optimizer: NaturalGradientDescent,
  problem: Problem,
  seed: number,
): Trainer {
  const space = spaceFor(model, optimizer);
  if (space === 'parameters') return new ParameterSpace(model, optimizer, problem, seed);
  const curvature = compileCurvature(model, optimizer, space);
  const { module, coefficients } = curvature;
  const solver = new CarefulSolver(model, optimizer, problem, seed, space, curvature);
  const parameters = module.memory.subarray(0, model.parameterCount);
  let rank = coefficients.length;

  const carefully = (times: number) => {
    for (let t = 0; t < times; t++) {
      curvature.evaluate();
      rank = solver.solve();
      curvature.update();
    }
  };
  /** Whole steps in compiled code; where a matrix on the way has not full rank they end in NaN, and are taken again. */
  const compiled = (times: number, steps: Run) => {
    const before = parameters.slice();
    steps(times);
    if (parameters.every(Number.isFinite)) {
      rank = coefficients.length;
      return;
    }
    parameters.set(before);
    carefully(times);
  };
  return {
    module,
    step: (times) => (curvature.steps ? compiled(times, curvature.steps) : carefully(times)),
    report: () => ({ solver: space, fisher: optimizer.fisher, rank, size: coefficients.length }),
  };
}

/** The smallest space in which the system can have full rank. */
function spaceFor(model: Model, optimizer: NaturalGradientDescent): Space | 'parameters' {
  const n = model.data.train.count;
  if (model.predictor === null) {
    // A network's Fisher information over other inputs than the training inputs is known by its rows alone.
    if (optimizer.fisher === 'population') return 'parameters';
    if (optimizer.solver !== 'auto') return optimizer.solver;
    return model.parameterCount < n ? 'parameters' : 'samples';
  }
  if (optimizer.solver !== 'auto')
    return optimizer.solver === 'samples' && optimizer.fisher === 'population' ? 'predictor' : optimizer.solver;
  const d = sizeOf(model.g.shapeOf(model.predictor));
  const space =
    optimizer.fisher === 'population' || (model.data.train.kind === 'rows' && n > d) ? 'predictor' : 'samples';
  return model.parameterCount < (space === 'samples' ? n : d) ? 'parameters' : space;
}

interface Curvature extends CurvatureValues {
  module: CompiledModule;
  /** Takes whole steps, where there is a compiled form of them. */
  steps: Run | null;
  /** Brings outputs and Gram matrix up to date. */
  evaluate(): void;
  /** θ ← θ − rate · Jᵀ c. */
  update(): void;
}

function compileCurvature(model: Model, optimizer: NaturalGradientDescent, space: Space): Curvature {
  const { g } = model;
  const z = space === 'samples' ? model.trainOutputs : predictorOf(model);
  const gramNode = gramOf(model, structureOf(model), space);
  const rows = gramNode ? null : jacobianProgram(model, z, 'row');
  const c = g.state('coefficients', g.shapeOf(z));
  const outputs: NodeId[] = [
    model.trainOutputs,
    ...(model.predictor === null ? [] : [model.predictor]),
    ...(gramNode ? [gramNode.node] : []),
  ];
  const direct = gramNode ? compiledCoefficients(model, optimizer, space, gramNode) : null;
  const entries: Entry[] = [
    { name: 'curvature', outputs },
    { name: 'update', outputs: [], assignments: descent(model, z, c, optimizer.rate), after: ['curvature'] },
    ...(direct === null
      ? []
      : [{ name: 'steps', outputs: [], assignments: descent(model, z, direct, optimizer.rate) }]),
    ...(rows ? [rows.entry] : []),
  ];
  const module = compileModel(model, entries, [c, ...(rows?.states ?? [])]);
  const [curvature, update] = [module.entry('curvature'), module.entry('update')];
  const steps = direct === null ? null : module.entry('steps');
  const coefficients = module.view(c);
  if (gramNode) {
    const gram = { kind: gramNode.kind, values: module.view(gramNode.node) };
    return { module, gram, coefficients, steps, evaluate: () => curvature(1), update: () => update(1) };
  }
  const q = coefficients.length;
  const p = model.parameterCount;
  const jacobian = new Float64Array(q * p);
  const gram: GramValues = { kind: 'dense', values: new Float64Array(q * q) };
  const evaluate = () => {
    rows?.evaluate(module, p, jacobian);
    gramOfRows(jacobian, q, p, gram.values);
    curvature(1);
  };
  return { module, gram, coefficients, steps, evaluate, update: () => update(1) };
}

/** θ ← θ − rate · Jᵀ c with J = ∂z/∂θ. */
function descent({ g, parameters }: Model, z: NodeId, c: NodeId, rate: number): { state: NodeId; value: NodeId }[] {
  const step = reverse(g, [{ node: z, derivative: c }], parameters);
  return parameters.map((state, i) => ({ state, value: g.subtract(state, g.multiply(g.scalar(rate), step[i])) }));
}
