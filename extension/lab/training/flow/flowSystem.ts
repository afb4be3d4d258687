/** The vector fields of the flows, −∇L and −(F + damping I)⁻¹ ∇L, at any parameters. */
import { forward } from '../../compiler/autodiff/forward.ts';
import { reverse } from '../../compiler/autodiff/reverse.ts';
import type { CompiledModule } from '../../compiler/module.ts';
import { dampingAt } from '../../optimizers/damping.ts';
import type { Flow, NaturalGradientFlow } from '../../optimizers/optimizer.ts';
import type { Problem } from '../../problems/problem.ts';
import type { SolverReport } from '../../results.ts';
import { lossGradient } from '../lossHead.ts';
import type { Model } from '../model.ts';
import { stepSpace } from '../natural/naturalGradient.ts';
import { compileModel } from '../trainer.ts';
import type { VectorField } from './integrator.ts';
import { hasKinks } from './kinks.ts';
import type { Hessian } from './rosenbrock.ts';

/** A flow's vector field, and the module that computes it. */
export interface FlowSystem {
  readonly module: CompiledModule;
  readonly field: VectorField;
  /** ∂²L/∂θ², where the flow is that of the gradient and it is small enough to be factored in each step. */
  readonly hessian?: Hessian;
  /** Writes ∂²L/∂θ² v, where the flow is that of the gradient. */
  readonly hessianProduct?: (theta: Float64Array, v: Float64Array, into: Float64Array) => void;
  /** Whether the field jumps somewhere. */
  readonly hasKinks: boolean;
  /** Called when the point at which the field was asked for last has become the beginning of a step. */
  accept?(): void;
  /** The relative residual of the system that could not be solved last; null where it was. */
  unsolved?(): number | null;
  report(): SolverReport | null;
}

/** Parameters up to which a stiff gradient flow is followed with its Hessian: p products and p³/3 multiplications a step. */
const LARGEST_HESSIAN = 400;

export function flowSystem(model: Model, flow: Flow, problem: Problem, seed: number): FlowSystem {
  return flow.type === 'gradientFlow' ? gradientSystem(model) : naturalSystem(model, flow, problem, seed);
}

function gradientSystem(model: Model): FlowSystem {
  const { g, parameters, trainOutputs, data } = model;
  const y = g.constant(data.trainTargets, [data.trainTargets.length]);
  const slope = lossGradient(g, data.loss, trainOutputs, y);
  const gradients = reverse(g, [{ node: trainOutputs, derivative: slope }], parameters);
  const tangents = parameters.map((node, i) => g.state(`tangent ${i}`, g.shapeOf(node)));
  const moved = parameters.map((node, i) => ({ node, tangent: tangents[i] }));
  const curved = forward(g, moved, gradients);
  const module = compileModel(
    model,
    [
      { name: 'gradient', outputs: gradients },
      { name: 'hessian product', outputs: curved },
    ],
    tangents,
  );
  const run = module.entry('gradient');
  const views = gradients.map((node) => module.view(node));
  const field: VectorField = (theta, into) => {
    module.memory.set(theta);
    run(1);
    negate(views, into);
  };
  const product = module.entry('hessian product');
  const columns = curved.map((node) => module.view(node));
  const p = model.parameterCount;
  // The tangents stand in memory after the parameters, in their order.
  const direction = module.memory.subarray(p, 2 * p);
  const multiply = (into: Float64Array, start: number) => {
    product(1);
    let at = start;
    for (const column of columns) {
      into.set(column, at);
      at += column.length;
    }
  };
  const hessian: Hessian = (theta, into) => {
    module.memory.set(theta);
    for (let k = 0; k < p; k++) {
      direction.fill(0);
      direction[k] = 1;
      multiply(into, k * p);
    }
  };
  return {
    module,
    field,
    ...(p <= LARGEST_HESSIAN ? { hessian } : {}),
    hessianProduct(theta, v, into) {
      module.memory.set(theta);
      direction.set(v);
      multiply(into, 0);
    },
    hasKinks: hasKinks(g.graph, [trainOutputs]),
    report: () => null,
  };
}

function naturalSystem(model: Model, flow: NaturalGradientFlow, problem: Problem, seed: number): FlowSystem {
  const space = stepSpace({ model, metric: flow, problem, seed, rate: null });
  const { memory } = space.module;
  // A rank below that at the beginning of a step: the step would jump over a singular point.
  let certain = 0;
  const field: VectorField = (theta, into, time) => {
    memory.set(theta);
    const step = space.solve(dampingAt(flow.damping, { step: 0, time }));
    const isTorn = space.rank !== null && space.rank < certain;
    if (space.unsolved !== null || isTorn) into.fill(Number.NaN);
    else negate([step], into);
  };
  return {
    module: space.module,
    field,
    hasKinks: hasKinks(model.g.graph, [model.trainOutputs]),
    accept: () => {
      certain = space.certainRank ?? 0;
    },
    unsolved: () => space.unsolved,
    report: () => space.report(),
  };
}

/** Minus the given pieces, one after the other. */
function negate(pieces: readonly Float64Array[], into: Float64Array): void {
  let at = 0;
  for (const piece of pieces) for (let i = 0; i < piece.length; i++) into[at++] = -piece[i];
}
