import type { FlowControl } from '../../optimizers/optimizer.ts';
import type { Position, Sample } from '../measure.ts';
import { SLICE } from '../pace.ts';
import { DormandPrince } from './dormandPrince.ts';
import { sampleTimes } from './times.ts';
import type { FlowSystem } from './velocity.ts';

export interface FlowEnd extends Position {
  /** The time of the singular point at which the flow ended. */
  singular?: number;
}

/**
 * Follows a flow from `start`; yields a sample at each of its times, and null when a slice of time is over.
 * The module's memory holds the last point when it ends.
 */
export function* followFlow(
  { module, velocity }: FlowSystem,
  { until, rtol, atol }: FlowControl,
  start: Float64Array,
  horizon: number,
  snapshots: number,
  measure: (at: Position, isSnapshot: boolean) => Sample,
): Generator<Sample | null, FlowEnd> {
  const due = sampleTimes(until, horizon);
  const stride = Math.max(1, Math.ceil(due.length / snapshots));
  const solver = new DormandPrince(start, velocity, { rtol, atol });
  const point = start.slice();
  let looked = performance.now();
  for (const [position, time] of due.entries()) {
    while (solver.t < time) {
      if (!solver.step(until)) {
        module.memory.set(solver.y);
        return { step: solver.steps, time: solver.t, singular: solver.t };
      }
      if (performance.now() - looked > SLICE) {
        yield null;
        looked = performance.now();
      }
    }
    if (time > 0) solver.interpolate(time, point);
    module.memory.set(point);
    yield measure({ step: solver.steps, time }, position % stride === 0 || position === due.length - 1);
  }
  module.memory.set(solver.y);
  return { step: solver.steps, time: solver.t };
}
