import { captureOrigin } from '../errors.ts';
import { Options } from '../options.ts';
import { metricOptionNames, type NaturalMetricOptions, readMetric } from './ngd.ts';
import type { FlowControl, Optimizer } from './optimizer.ts';

export interface FlowOptions {
  /** The time t at which the flow ends. */
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
