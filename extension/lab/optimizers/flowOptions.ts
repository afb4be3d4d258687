/** The options shared by flows. */
import type { Options } from '../options.ts';
import type { FlowSettings } from '../training/flow/settings.ts';

export interface FlowOptions {
  /**
   * The time t at which the flow ends. Samples are spaced logarithmically in time.
   * @example until: 100
   */
  until: number;
  /**
   * Relative tolerance of the integrator, per parameter and step (default 1e-9).
   * @example rtol: 1e-6
   */
  rtol?: number;
  /**
   * Absolute tolerance of the integrator, per parameter and step (default 1e-12).
   * @example atol: 1e-9
   */
  atol?: number;
}

/** The option names of {@link FlowOptions}. */
export const flowOptionNames = ['until', 'rtol', 'atol'];

export function readFlow(read: Options): FlowSettings {
  return { until: read.positive('until'), rtol: read.positive('rtol', 1e-9), atol: read.positive('atol', 1e-12) };
}
