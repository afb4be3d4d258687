import type { FlowControl } from '../../optimizers/optimizer.ts';
import type { Position, Sample } from '../measure.ts';
import { SLICE } from '../pace.ts';
import { DormandPrince, type Tolerances } from './dormandPrince.ts';
import { Rosenbrock } from './rosenbrock.ts';
import { sampleTimes } from './times.ts';
import type { FlowSystem } from './velocity.ts';

export interface FlowEnd extends Position {
  /** The time of the singular point at which the flow ended. */
  singular?: number;
}

/**
 * Follows a flow by explicit steps, which are exact to order 5 and cheap; a gradient flow that turns out to be stiff,
 * bounded by stability for many steps on end, goes on with linearly implicit ones. A logarithmic tail is not stiff as
 * such, its curvature decays like 1/t and steps grow with t; it is where margins differ much, and so is any flow that
 * is to rest at a minimum for long.
 */
export class FlowSolver {
  private readonly explicit: DormandPrince;
  private implicit: Rosenbrock | null = null;

  constructor(
    private readonly system: Pick<FlowSystem, 'velocity' | 'hessian'>,
    private readonly tolerances: Tolerances,
    start: Float64Array,
  ) {
    this.explicit = new DormandPrince(start, system.velocity, tolerances);
  }

  get t(): number {
    return (this.implicit ?? this.explicit).t;
  }

  get y(): Float64Array {
    return (this.implicit ?? this.explicit).y;
  }

  get steps(): number {
    return this.explicit.steps + (this.implicit?.steps ?? 0);
  }

  /**
   * Takes one step; explicit ones may go beyond `time`, for they can be interpolated, but not beyond `end`.
   * @returns false where no step is short enough: the flow ends at t
   */
  step(time: number, end: number): boolean {
    const { explicit, system } = this;
    if (this.implicit) return this.implicit.step(time);
    if (!explicit.step(end)) return false;
    if (explicit.isStiff && system.hessian && explicit.t < time) {
      const { t, y, h } = explicit;
      this.implicit = new Rosenbrock(t, y.slice(), h, system.velocity, system.hessian, this.tolerances);
    }
    return true;
  }

  /** Writes the solution at a time within the last step. */
  at(time: number, into: Float64Array): void {
    if (this.implicit) into.set(this.implicit.y);
    else this.explicit.interpolate(time, into);
  }
}

/**
 * Follows a flow from `start`; yields a sample at each of its times, and null when a slice of time is over.
 * The module's memory holds the last point when it ends.
 */
export function* followFlow(
  system: FlowSystem,
  { until, rtol, atol }: FlowControl,
  start: Float64Array,
  horizon: number,
  snapshots: number,
  measure: (at: Position, isSnapshot: boolean) => Sample,
): Generator<Sample | null, FlowEnd> {
  const { module } = system;
  const due = sampleTimes(until, horizon);
  const stride = Math.max(1, Math.ceil(due.length / snapshots));
  const solver = new FlowSolver(system, { rtol, atol }, start);
  const point = start.slice();
  let looked = performance.now();
  for (const [position, time] of due.entries()) {
    while (solver.t < time) {
      if (!solver.step(time, until)) {
        module.memory.set(solver.y);
        return { step: solver.steps, time: solver.t, singular: solver.t };
      }
      if (performance.now() - looked > SLICE) {
        yield null;
        looked = performance.now();
      }
    }
    if (time > 0) solver.at(time, point);
    module.memory.set(point);
    yield measure({ step: solver.steps, time }, position % stride === 0 || position === due.length - 1);
  }
  module.memory.set(solver.y);
  return { step: solver.steps, time: solver.t };
}
