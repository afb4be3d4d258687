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
 * Gradient flow, dθ/dt = −∇L(θ): gradient descent with ever smaller steps, integrated adaptively with error control.
 *
 * Explicit steps (Dormand–Prince, order 5) grow with t in a logarithmic tail, so that `until: 1e8` takes hundreds of
 * them. Where stability bounds them instead, at a minimum or where scales differ much, models of up to 400 parameters
 * go on with a linearly implicit method and their Hessian; larger ones keep the explicit steps and take their time.
 * A model with kinks (ReLU) can slide along one, where steps are short: a larger `rtol` (1e-5) helps, or a smooth activation.
 * @throws DefinitionError for an option that is unknown or out of range
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
