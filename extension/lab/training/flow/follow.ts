import type { Ending, Position, Sample } from '../measure.ts';
import { SLICE } from '../pace.ts';
import { Chattering } from './chattering.ts';
import { FlowSolver } from './flowSolver.ts';
import type { FlowSystem } from './flowSystem.ts';
import { RoundingGrowth } from './roundingGrowth.ts';
import type { FlowSettings } from './settings.ts';
import { sampleTimes } from './times.ts';

/** The end of a flow, and the reason if it ended early. */
export type FlowEnd = Position & Pick<Ending, 'singular' | 'unsolved' | 'kink' | 'imprecise'>;

/**
 * Follows a flow from `start`; yields a sample at each of its times, and null at the end of a time slice. At the end,
 * the module's memory holds the last point. The steps do not depend on the sample times.
 */
export function* followFlow(
  system: FlowSystem,
  { until, rtol, atol }: FlowSettings,
  start: Float64Array,
  isSnapshot: (position: number, count: number) => boolean,
  measure: (at: Position, isSnapshot: boolean) => Sample,
): Generator<Sample | null, FlowEnd> {
  const { module } = system;
  const due = sampleTimes(until);
  const solver = new FlowSolver(system, { rtol, atol }, start);
  const growth = system.hessianProduct ? new RoundingGrowth(start.length, system.hessianProduct) : null;
  const chattering = system.hasKinks ? new Chattering() : null;
  const point = start.slice();
  const endsWith = (why: Partial<FlowEnd>): FlowEnd => {
    module.memory.set(solver.y);
    return { step: solver.steps, time: solver.t, ...why };
  };
  let looked = performance.now();
  for (const [position, time] of due.entries()) {
    while (solver.t < time) {
      const before = solver.t;
      if (!solver.step(until)) {
        if ((system.unsolved?.() ?? null) !== null) return endsWith({ unsolved: solver.t });
        // At a discontinuity of the field, no step across it is small enough.
        return endsWith(system.hasKinks ? { kink: solver.t } : { singular: solver.t });
      }
      if (growth && !growth.follow(solver.y, solver.t - before)) return endsWith({ imprecise: solver.t });
      if (chattering?.isStuck(solver, until)) return endsWith({ kink: solver.t });
      if (performance.now() - looked > SLICE) {
        yield null;
        looked = performance.now();
      }
    }
    if (time > 0) solver.at(time, point);
    module.memory.set(point);
    yield measure({ step: solver.steps, time }, isSnapshot(position, due.length));
  }
  return endsWith({});
}
