import { captureOrigin } from '../errors.ts';
import { Options } from '../options.ts';
import { metricOptionNames, type NaturalMetricOptions, readMetric } from './ngd.ts';
import type { FlowControl, Optimizer } from './optimizer.ts';

export interface FlowOptions {
  /** The time t at which the flow ends; it is measured at times evenly spaced in the logarithm. */
  until: number;
  /** Relative error of each parameter in one step of the integrator (default 1e-9). */
  rtol?: number;
  /** Absolute error of each parameter in one step of the integrator (default 1e-12). */
  atol?: number;
}

export type NaturalGradientFlowOptions = FlowOptions & NaturalMetricOptions;

const controlNames = ['until', 'rtol', 'atol'];

function readControl(read: Options): FlowControl {
  return { until: read.positive('until'), rtol: read.positive('rtol', 1e-9), atol: read.positive('atol', 1e-12) };
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
export function gradientFlow(options: FlowOptions): Optimizer {
  const read = new Options('gradientFlow', options, controlNames);
  return { kind: 'optimizer', type: 'gradientFlow', ...readControl(read), origin: captureOrigin(gradientFlow) };
}

/**
 * Natural gradient flow, dθ/dt = −(F + damping·I)⁻¹ ∇L: one path in function space for every parameterization that can
 * move in all directions. Where it meets a point at which the Fisher information loses rank it ends, and says when.
 * @throws DefinitionError for an option that is unknown or out of range
 */
export function naturalGradientFlow(options: NaturalGradientFlowOptions): Optimizer {
  const read = new Options('naturalGradientFlow', options, [...controlNames, ...metricOptionNames]);
  return {
    kind: 'optimizer',
    type: 'naturalGradientFlow',
    ...readControl(read),
    ...readMetric(read, 'naturalGradientFlow'),
    origin: captureOrigin(naturalGradientFlow),
  };
}
