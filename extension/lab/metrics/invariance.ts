/** How much of the parameterization is left in the path that an optimizer takes through function space. */
import { norm } from '../linearAlgebra/vectors.ts';
import type { RunResult } from '../results.ts';

/** A run's path: its place in function space at sampled times. */
export interface Trajectory {
  times: number[];
  /** Predictors (or training outputs), one for each time. */
  points: Float64Array[];
}

/**
 * The largest relative distance ‖a − b‖ / max(‖a − a₀‖, ‖b − b₀‖) over pairs of parameterizations trained by
 * `optimizer` with the same seed (and sweep point), and over their common times after the start.
 * @param between how the distance of two paths is measured, if otherwise
 * @returns null with fewer than two parameterizations
 */
export function invariance(
  runs: readonly RunResult[],
  trajectories: ReadonlyMap<number, Trajectory>,
  optimizer: string,
  between: (a: Trajectory, b: Trajectory) => number | null = pathDistance,
): number | null {
  const groups = new Map<string, RunResult[]>();
  for (const run of runs) {
    if (run.optimizer !== optimizer) continue;
    const key = JSON.stringify([run.point, run.seed]);
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  let largest: number | null = null;
  for (const group of groups.values()) {
    for (const [i, first] of group.entries()) {
      for (const second of group.slice(i + 1)) {
        const [a, b] = [trajectories.get(first.id), trajectories.get(second.id)];
        const distance = a && b ? between(a, b) : null;
        if (distance !== null) largest = larger(largest, distance);
      }
    }
  }
  return largest;
}

/** The largest relative distance of two paths over common times, null where they have none. */
export function pathDistance(a: Trajectory, b: Trajectory): number | null {
  const at = new Map(b.times.map((time, i) => [time, i]));
  let largest: number | null = null;
  a.times.forEach((time, i) => {
    const j = at.get(time);
    if (time === 0 || j === undefined) return;
    const moved = Math.max(distance(a.points[i], a.points[0]), distance(b.points[j], b.points[0]));
    const apart = distance(a.points[i], b.points[j]);
    const relative = apart === 0 ? 0 : apart / moved;
    largest = larger(largest, relative);
  });
  return largest;
}

/**
 * How far two paths part, as a share of the longer way gone: the largest ‖a − b‖ over common times, by the largest
 * ‖a − a₀‖ or ‖b − b₀‖. Unlike {@link pathDistance} it does not magnify a difference of the starts.
 */
export function pathSeparation(a: Trajectory, b: Trajectory): number | null {
  const at = new Map(b.times.map((time, i) => [time, i]));
  let apart: number | null = null;
  let way = 0;
  a.times.forEach((time, i) => {
    const j = at.get(time);
    if (time === 0 || j === undefined) return;
    way = Math.max(way, distance(a.points[i], a.points[0]), distance(b.points[j], b.points[0]));
    apart = Math.max(apart ?? 0, distance(a.points[i], b.points[j]));
  });
  return apart === null ? null : apart === 0 ? 0 : apart / way;
}

/** The larger of two, NaN where one of them is: a path that cannot be measured is not forgotten for one that can. */
function larger(largest: number | null, value: number): number {
  return largest === null || Number.isNaN(value) || value > largest ? value : largest;
}

/** ‖a − b‖, without overflow where paths diverge. */
function distance(a: Float64Array, b: Float64Array): number {
  return norm(a.map((value, i) => value - b[i]));
}
