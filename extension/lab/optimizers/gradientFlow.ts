import { captureOrigin } from '../errors.ts';
import { Options } from '../options.ts';
import { gradientSystem } from '../training/flow/gradientSystem.ts';
import type { FlowSettings } from '../training/flow/settings.ts';
import { type FlowOptions, flowOptionNames, readFlow } from './flowOptions.ts';
import type { FlowOptimizer, Optimizer } from './optimizer.ts';

/** {@link gradientFlow} as plain data. */
export interface GradientFlow extends FlowSettings {
  type: 'gradientFlow';
}

/**
 * Gradient flow, dθ/dt = −∇L(θ): the limit of gradient descent for small steps, integrated with adaptive error control.
 *
 * The step sizes of the explicit method (Dormand–Prince, order 5) grow with t if the loss decays slowly, so that
 * `until: 1e8` takes hundreds of steps. If stability limits the step size, near a minimum or with widely different
 * scales, models with up to 400 parameters switch to a linearly implicit method with their Hessian; larger models
 * continue with small explicit steps. A model with kinks (ReLU) can slide along a kink, where steps become very small:
 * use a larger `rtol` (1e-5) or a smooth activation.
 * @throws DefinitionError for an option that is unknown or out of range
 * @example gradientFlow({ until: 100 })
 */
export function gradientFlow(options: FlowOptions): Optimizer<GradientFlow> {
  const read = new Options('gradientFlow', options, flowOptionNames);
  return { kind: 'optimizer', type: 'gradientFlow', ...readFlow(read), origin: captureOrigin(gradientFlow) };
}

export const gradientFlowOptimizer: FlowOptimizer<GradientFlow> = {
  kind: 'flow',
  type: 'gradientFlow',
  family: 'gradient',
  version: 1,
  describe: ({ until }) => `gradient flow · to t = ${until}`,
  followsGradientFlow: () => true,
  system: ({ model }) => gradientSystem(model),
};
