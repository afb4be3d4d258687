/** The right-hand sides of the flows, −∇L and −(F + damping I)⁻¹ ∇L, at any parameters. */
import { reverse } from '../../compiler/autodiff/reverse.ts';
import type { NodeId } from '../../compiler/graph.ts';
import type { CompiledModule } from '../../compiler/module.ts';
import type { Flow, NaturalGradientFlow } from '../../optimizers/optimizer.ts';
import type { Problem } from '../../problems/problem.ts';
import type { SolverReport } from '../../results.ts';
import { lossGradient } from '../lossHead.ts';
import type { Model } from '../model.ts';
import { CarefulSolver } from '../natural/carefulSolver.ts';
import { compileCurvature } from '../natural/curvature.ts';
import { ParameterSpace } from '../natural/parameterSpace.ts';
import { spaceFor } from '../natural/space.ts';
import { areFinite } from '../pace.ts';
import { compileModel } from '../trainer.ts';
import type { Velocity } from './dormandPrince.ts';

/** A flow's right-hand side, and the module that computes it. */
export interface FlowSystem {
  readonly module: CompiledModule;
  velocity: Velocity;
  report(): SolverReport | null;
}

export function flowSystem(model: Model, flow: Flow, problem: Problem, seed: number): FlowSystem {
  return flow.type === 'gradientFlow' ? gradientSystem(model) : naturalSystem(model, flow, problem, seed);
}

function gradientSystem(model: Model): FlowSystem {
  const { g, parameters, trainOutputs, data } = model;
  const y = g.constant(data.trainTargets, [data.trainTargets.length]);
  const slope = lossGradient(g, data.loss, trainOutputs, y);
  const gradients = reverse(g, [{ node: trainOutputs, derivative: slope }], parameters);
  const module = compileModel(model, [{ name: 'velocity', outputs: gradients }]);
  const run = module.entry('velocity');
  const views = gradients.map((node) => module.view(node));
  const velocity: Velocity = (theta, into) => {
    module.memory.set(theta);
    run(1);
    negate(views, into);
  };
  return { module, velocity, report: () => null };
}

function naturalSystem(model: Model, flow: NaturalGradientFlow, problem: Problem, seed: number): FlowSystem {
  const space = spaceFor(model, flow);
  if (space === 'parameters') return parameterSystem(new ParameterSpace(model, flow, problem, seed));
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
  const velocity: Velocity = (theta, into) => {
    module.memory.set(theta);
    if (curvature.direct && direct) {
      curvature.direct(1);
      negate(direct, into);
      if (areFinite(into)) {
        rank = coefficients.length;
        full = Math.max(full, rank);
        return;
      }
      module.memory.set(theta);
    }
    curvature.evaluate();
    rank = solver.solve();
    full = Math.max(full, rank);
    curvature.finish();
    if (rank < full) into.fill(Number.NaN);
    else negate(careful, into);
  };
  return {
    module,
    velocity,
    report: () => ({ solver: space, fisher: flow.fisher, rank, size: coefficients.length }),
  };
}

function parameterSystem(space: ParameterSpace): FlowSystem {
  let full = -1;
  const velocity: Velocity = (theta, into) => {
    space.module.memory.set(theta);
    const step = space.solve();
    const { rank } = space.report();
    full = Math.max(full, rank);
    if (rank < full) into.fill(Number.NaN);
    else negate([step], into);
  };
  return { module: space.module, velocity, report: () => space.report() };
}

/** Minus the given pieces, one after the other. */
function negate(pieces: readonly Float64Array[], into: Float64Array): void {
  let at = 0;
  for (const piece of pieces) for (let i = 0; i < piece.length; i++) into[at++] = -piece[i];
}
