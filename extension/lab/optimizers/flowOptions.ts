/** The options that flows have in common. */
import type { Options } from '../options.ts';
import type { FlowSettings } from '../training/flow/settings.ts';

export interface FlowOptions {
  /** The time t at which the flow ends; it is measured at times evenly spaced in the logarithm. */
  until: number;
  /** Relative error of each parameter in one step of the integrator (default 1e-9). */
  rtol?: number;
  /** Absolute error of each parameter in one step of the integrator (default 1e-12). */
  atol?: number;
}

/** The names of {@link FlowOptions}. */
export const flowOptionNames = ['until', 'rtol', 'atol'];

export function readFlow(read: Options): FlowSettings {
  return { until: read.positive('until'), rtol: read.positive('rtol', 1e-9), atol: read.positive('atol', 1e-12) };
}
