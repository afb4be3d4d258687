/** How much an optimizer's path in function space depends on the parameterization. */
import { norm } from '../linearAlgebra/vectors.ts';
import type { RunResult } from '../results.ts';

/** A run's path: its position in function space at sampled times. */
export interface Trajectory {
  times: number[];
  /** Predictors (or training outputs), one per time. */
  points: Float64Array[];
}

/** Paths by the position of their run: a map, or a file that each path is read from when it is asked for. */
export interface PathsByRun {
  get(run: number): Trajectory | undefined;
}

/** How far two paths differ. */
export interface PathDifference {
  /**
   * The relative path distance: the largest ‖a(t) − b(t)‖ at a common time t, divided by the distance travelled, which
   * is the largest ‖a(t) − a(0)‖ or ‖b(t) − b(0)‖. 0 if the paths coincide.
   */
  distance: number;
  /** ‖a(0) − b(0)‖ with the same normalization: the difference before the first step. */
  startDistance: number;
}

/**
 * The largest {@link PathDifference} over pairs of parameterizations trained by `optimizer` with the same seed (and
 * sweep point); distance and start distance are maximized separately.
 * @returns null with fewer than two parameterizations
 */
export function invariance(
  runs: readonly RunResult[],
  trajectories: PathsByRun,
  optimizer: string,
): PathDifference | null {
  const groups = new Map<string, RunResult[]>();
  for (const run of runs) {
    if (run.optimizer !== optimizer) continue;
    const key = JSON.stringify([run.point, run.seed]);
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  const differences = [...groups.values()].flatMap((group) =>
    group.flatMap((first, i) =>
      group.slice(i + 1).flatMap((second) => differenceOf(first, second, trajectories) ?? []),
    ),
  );
  if (differences.length === 0) return null;
  return {
    distance: differences.map(({ distance }) => distance).reduce(larger),
    startDistance: differences.map(({ startDistance }) => startDistance).reduce(larger),
  };
}

function differenceOf(first: RunResult, second: RunResult, trajectories: PathsByRun): PathDifference | null {
  const [a, b] = [trajectories.get(first.id), trajectories.get(second.id)];
  return a && b ? pathDifference(a, b) : null;
}

/** The difference of two paths; null if they have no common time after the start. */
export function pathDifference(a: Trajectory, b: Trajectory): PathDifference | null {
  const at = new Map(b.times.map((time, i) => [time, i]));
  const start = distance(a.points[0], b.points[0]);
  let [apart, travelled, common] = [start, 0, 0];
  a.times.forEach((time, i) => {
    const j = at.get(time);
    if (time === 0 || j === undefined) return;
    common++;
    travelled = [distance(a.points[i], a.points[0]), distance(b.points[j], b.points[0])].reduce(larger, travelled);
    apart = larger(apart, distance(a.points[i], b.points[j]));
  });
  if (common === 0) return null;
  const share = (value: number) => (value === 0 ? 0 : value / travelled);
  return { distance: share(apart), startDistance: share(start) };
}

/** The larger number, NaN if one of them is NaN, so that a path that cannot be measured is not ignored. */
function larger(a: number, b: number): number {
  return Number.isNaN(a) || b <= a ? a : b;
}

/** Paths have thousands of points: their differences share one array. */
let difference = new Float64Array(0);

/** ‖a − b‖, without overflow if paths diverge. */
function distance(a: Float64Array, b: Float64Array): number {
  if (difference.length !== a.length) difference = new Float64Array(a.length);
  for (let i = 0; i < a.length; i++) difference[i] = a[i]! - b[i]!;
  return norm(difference);
}
