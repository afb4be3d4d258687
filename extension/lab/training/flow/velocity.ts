/** The right-hand sides of the flows, −∇L and −(F + damping I)⁻¹ ∇L, at any parameters. */
import { forward } from '../../compiler/autodiff/forward.ts';
import { reverse } from '../../compiler/autodiff/reverse.ts';
import type { NodeId } from '../../compiler/graph.ts';
import type { CompiledModule } from '../../compiler/module.ts';
import { dampingAt } from '../../optimizers/damping.ts';
import type { Flow, NaturalGradientFlow } from '../../optimizers/optimizer.ts';
import type { Problem } from '../../problems/problem.ts';
import type { SolverReport } from '../../results.ts';
import { lossGradient } from '../lossHead.ts';
import type { Model } from '../model.ts';
import { CarefulSolver } from '../natural/carefulSolver.ts';
import { compileCurvature } from '../natural/curvature.ts';
import { IterativeSpace } from '../natural/iterative/iterativeSpace.ts';
import { ParameterSpace } from '../natural/parameterSpace.ts';
import { spaceFor } from '../natural/space.ts';
import type { StepSpace } from '../natural/stepSpace.ts';
import { areFinite } from '../pace.ts';
import { compileModel } from '../trainer.ts';
import type { Velocity } from './dormandPrince.ts';
import type { Hessian } from './rosenbrock.ts';

/** A flow's right-hand side, and the module that computes it. */
export interface FlowSystem {
  readonly module: CompiledModule;
  velocity: Velocity;
  /** ∂²L/∂θ², where the flow is that of the gradient and it is small enough to be factored in each step. */
  hessian?: Hessian;
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
  const motions = parameters.map((node, i) => ({ node, tangent: tangents[i] }));
  const withHessian = model.parameterCount <= LARGEST_HESSIAN;
  const curved = withHessian ? forward(g, motions, gradients) : [];
  const module = compileModel(
    model,
    [{ name: 'velocity', outputs: gradients }, ...(withHessian ? [{ name: 'hessian product', outputs: curved }] : [])],
    withHessian ? tangents : [],
  );
  const run = module.entry('velocity');
  const views = gradients.map((node) => module.view(node));
  const velocity: Velocity = (theta, into) => {
    module.memory.set(theta);
    run(1);
    negate(views, into);
  };
  if (!withHessian) return { module, velocity, report: () => null };
  const product = module.entry('hessian product');
  const columns = curved.map((node) => module.view(node));
  const p = model.parameterCount;
  // The tangents stand in memory after the parameters, in their order.
  const direction = module.memory.subarray(p, 2 * p);
  const hessian: Hessian = (theta, into) => {
    module.memory.set(theta);
    for (let k = 0; k < p; k++) {
      direction.fill(0);
      direction[k] = 1;
      product(1);
      let at = k * p;
      for (const column of columns) {
        into.set(column, at);
        at += column.length;
      }
    }
  };
  return { module, velocity, hessian, report: () => null };
}

function naturalSystem(model: Model, flow: NaturalGradientFlow, problem: Problem, seed: number): FlowSystem {
  const space = spaceFor(model, flow);
  if (space === 'parameters') return spaceSystem(new ParameterSpace(model, flow, problem, seed), flow);
  if (space === 'iterative') return spaceSystem(new IterativeSpace(model, flow, problem, seed), flow);
  const steps: NodeId[][] = [];
  const curvature = compileCurvature(model, flow, space, (step) => {
    steps.push([...step]);
    return { outputs: [...step] };
  });
  const { module, coefficients } = curvature;
  const solver = new CarefulSolver(model, flow, problem, seed, space, curvature);
  const [careful, direct = null] = steps.map((nodes) => nodes.map((node) => module.view(node)));
  let rank = -1;
  /** The rank at the start: where it drops, the flow has met a singular point. */
  let full = -1;
  let damping = 0;
  let wasDirect = false;
  const velocity: Velocity = (theta, into, time) => {
    module.memory.set(theta);
    damping = dampingAt(flow.damping, { step: 0, time });
    curvature.setDamping(damping);
    if (curvature.direct && direct) {
      curvature.direct(1);
      negate(direct, into);
      if (areFinite(into)) {
        rank = coefficients.length;
        full = Math.max(full, rank);
        wasDirect = true;
        return;
      }
      module.memory.set(theta);
    }
    wasDirect = false;
    curvature.evaluate();
    rank = solver.solve(damping);
    full = Math.max(full, rank);
    curvature.finish();
    if (rank < full) into.fill(Number.NaN);
    else negate(careful, into);
  };
  return {
    module,
    velocity,
    report() {
      let condition = wasDirect ? curvature.directCondition() : null;
      if (condition === null) {
        curvature.evaluate();
        condition = solver.condition(damping);
      }
      return { solver: space, fisher: flow.fisher, rank, size: coefficients.length, condition };
    },
  };
}

function spaceSystem(space: StepSpace, flow: NaturalGradientFlow): FlowSystem {
  const velocity: Velocity = (theta, into, time) => {
    space.module.memory.set(theta);
    const step = space.solve(dampingAt(flow.damping, { step: 0, time }));
    if (space.failed) into.fill(Number.NaN);
    else negate([step], into);
  };
  return { module: space.module, velocity, report: () => space.report() };
}

/** Minus the given pieces, one after the other. */
function negate(pieces: readonly Float64Array[], into: Float64Array): void {
  let at = 0;
  for (const piece of pieces) for (let i = 0; i < piece.length; i++) into[at++] = -piece[i];
}
