/** The vector field of natural gradient flow, −(F + damping I)⁻¹ ∇L. */
import type { AnyProblemDescription } from '../../problems/index.ts';
import type { Model } from '../model.ts';
import { dampingAt } from '../natural/damping.ts';
import { stepSpace } from '../natural/naturalGradient.ts';
import type { FisherSettings } from '../natural/settings.ts';
import { type FlowSystem, negate } from './flowSystem.ts';
import type { VectorField } from './integrator.ts';
import { hasKinks } from './kinks.ts';

/** dθ/dt = −(F + damping I)⁻¹ ∇L. */
export function naturalGradientSystem(
  model: Model,
  settings: FisherSettings,
  problem: AnyProblemDescription,
  seed: number,
): FlowSystem {
  const space = stepSpace({ model, settings, problem, seed, rate: null });
  const { memory } = space.module;
  // If the rank is lower than at the start of the step, the step would jump across a singular point.
  let certain = 0;
  const field: VectorField = (theta, into, time) => {
    memory.set(theta);
    const step = space.solve(dampingAt(settings.damping, { step: 0, time }));
    const gradientMayLeaveRange = space.rank !== null && space.rank < certain;
    if (space.unsolved !== null || gradientMayLeaveRange) into.fill(Number.NaN);
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
