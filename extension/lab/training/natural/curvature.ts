/** The program behind a natural gradient in a space smaller than that of the parameters. */
import { reverse } from '../../compiler/autodiff/reverse.ts';
import type { Run } from '../../compiler/cpu/javascript.ts';
import type { NodeId } from '../../compiler/graph.ts';
import type { Entry } from '../../compiler/lower/lower.ts';
import type { CompiledModule } from '../../compiler/module.ts';
import { factoredCondition } from '../../linearAlgebra/condition.ts';
import type { NaturalMetric } from '../../optimizers/optimizer.ts';
import { exampleCurvature } from '../lossHead.ts';
import { type Model, predictorOf } from '../model.ts';
import { areFinite } from '../pace.ts';
import { compileModel, MEASURE } from '../trainer.ts';
import type { CurvatureValues } from './carefulSolver.ts';
import { compiledCoefficients } from './compiledStep.ts';
import { factoredIn } from './factored.ts';
import { gramOf, type Space } from './gram.ts';
import { gramOfRows, jacobianProgram } from './jacobian.ts';
import type { GramValues } from './sampleSpace.ts';
import { structureOf } from './structure.ts';
import { weightNodes, weightsIn } from './weights.ts';

/** What becomes of δ = Jᵀ c, one node for each parameter: an update, or an output. */
export type Finish = Pick<Entry, 'outputs' | 'assignments'>;

export interface Curvature extends CurvatureValues {
  module: CompiledModule;
  /** Solves and finishes in one, where there is a compiled form; NaN where a matrix on the way has not full rank. */
  direct: Run | null;
  /** The same where the module has measured these parameters just now; null where the step is no update. */
  directFromMeasured: Run | null;
  /** The condition number of the system that `direct` solved last; null where there are several, or none. */
  directCondition(): number | null;
  /** Sets λ of the compiled step; needed only where it changes on the way. */
  setDamping(value: number): void;
  /** Brings outputs and Gram matrix up to date. */
  evaluate(): void;
  /** Finishes with the coefficients as they stand. */
  finish(): void;
}

/**
 * Compiles outputs, Gram matrix and step of a model.
 * @param finish what is to become of the step; asked for the one that is solved with care, then for the direct one
 */
export function compileCurvature(
  model: Model,
  metric: NaturalMetric,
  space: Space,
  finish: (step: readonly NodeId[]) => Finish,
): Curvature {
  const { g, parameters } = model;
  const z = space === 'samples' ? model.trainOutputs : predictorOf(model);
  const gramNode = gramOf(model, structureOf(model), space);
  const rows = gramNode ? null : jacobianProgram(model, z, 'row');
  const c = g.state('coefficients', g.shapeOf(z));
  const damping = typeof metric.damping === 'number' ? g.scalar(metric.damping) : g.state('damping', []);
  const example = exampleCurvature(model, metric.fisher);
  const outputs: NodeId[] = [
    model.trainOutputs,
    ...weightNodes(example),
    ...(model.predictor === null ? [] : [model.predictor]),
    ...(gramNode ? [gramNode.node] : []),
  ];
  const direct = gramNode ? compiledCoefficients(model, metric, space, gramNode, example, damping) : null;
  const along = (coefficients: NodeId) => reverse(g, [{ node: z, derivative: coefficients }], parameters);
  const careful: Entry = { name: 'finish', ...finish(along(c)), after: ['curvature'] };
  const whole: Entry | null = direct === null ? null : { name: 'direct', ...finish(along(direct)) };
  // Only an update follows a measurement: flows ask for the step anywhere.
  const fromMeasured: Entry | null = whole?.assignments
    ? { ...whole, name: 'direct from measured', after: [MEASURE] }
    : null;
  const entries: Entry[] = [
    { name: 'curvature', outputs },
    careful,
    ...[whole, fromMeasured].filter((entry) => entry !== null),
    ...(rows ? [rows.entry] : []),
  ];
  const changing = typeof metric.damping === 'number' ? [] : [damping];
  const module = compileModel(model, entries, [c, ...changing, ...(rows?.states ?? [])]);
  const [curvature, last] = [module.entry('curvature'), module.entry('finish')];
  const coefficients = module.view(c);
  const setDamping = (value: number) => {
    if (changing.length > 0) module.view(damping)[0] = value;
  };
  const weights = weightsIn(module, example);
  const systems = direct === null ? [] : factoredIn(g.graph, direct);
  const directCondition = () => {
    if (systems.length !== 1) return null;
    const [matrix, factor] = [module.view(systems[0].matrix), module.view(systems[0].factor)];
    return areFinite(factor) ? factoredCondition(matrix, factor, Math.sqrt(matrix.length)) : null;
  };
  const common = {
    directCondition,
    module,
    weights,
    coefficients,
    direct: whole && module.entry(whole.name),
    directFromMeasured: fromMeasured && module.entry(fromMeasured.name),
    setDamping,
    finish: () => last(1),
  };
  if (gramNode) {
    const gram = { kind: gramNode.kind, values: module.view(gramNode.node) };
    return { ...common, gram, evaluate: () => curvature(1) };
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
  return { ...common, gram, evaluate };
}
