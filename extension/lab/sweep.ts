/** `sweep(axes, (point) => definition)`: repeats an experiment over a grid of values. */

import type { ExperimentDefinition } from './definition.ts';
import { DefinitionError } from './errors.ts';
import { isArrayLike, isRecord, show } from './options.ts';
import { describePoint } from './results/points.ts';
import type { SweepPoint } from './results.ts';

/** A value of an axis. */
export type AxisValue = number | string | boolean;

/** Maximum number of points in a sweep. */
const MOST_POINTS = 1000;

/** A sweep as defined by the user. */
export interface Sweep {
  readonly kind: 'sweep';
  /** Every combination of the axes' values, the last axis fastest. */
  readonly points: readonly SweepPoint[];
  readonly define: (point: SweepPoint) => ExperimentDefinition;
}

/**
 * Repeats an experiment at every combination of the axes' values. The grid is points × parameterizations × optimizers ×
 * seeds. The names of parameterizations, optimizers and claims, and the seeds, must be the same at every point.
 * @param axes the values of each axis
 * @param define returns the definition at one point
 * @throws DefinitionError for an axis without values, or too many points
 * @example experiment('Scales', sweep({ scale: [0.01, 0.1, 1] }, ({ scale }) => ({ … })))
 */
export function sweep<const Axes extends Record<string, readonly AxisValue[]>>(
  axes: Axes,
  define: (point: { readonly [Axis in keyof Axes]: Axes[Axis][number] }) => ExperimentDefinition,
): Sweep {
  if (!isRecord(axes) || Object.keys(axes).length === 0) {
    throw new DefinitionError(
      `sweep: the first argument must name at least one axis, for example { scale: [0.1, 1] }; it is ${show(axes)}`,
    );
  }
  if (typeof define !== 'function') {
    throw new DefinitionError(`sweep: the second argument must be a function of the point; it is ${show(define)}`);
  }
  let points: SweepPoint[] = [{}];
  for (const [axis, values] of Object.entries(axes)) {
    const known = readAxis(axis, values);
    points = points.flatMap((point) => known.map((value) => ({ ...point, [axis]: value })));
    if (points.length > MOST_POINTS) {
      throw new DefinitionError(`sweep: the axes have more than ${MOST_POINTS} combinations`);
    }
  }
  return { kind: 'sweep', points, define: define as (point: SweepPoint) => ExperimentDefinition };
}

function readAxis(axis: string, values: unknown): AxisValue[] {
  if (!isArrayLike(values) || values.length === 0) {
    throw new DefinitionError(
      `sweep: the axis '${axis}' must be an array of at least one value; it is ${show(values)}`,
    );
  }
  const known = Array.from(values, (value) => {
    if (typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    throw new DefinitionError(
      `sweep: a value of the axis '${axis}' must be a finite number, a string, true or false; it is ${show(value)}`,
    );
  });
  return [...new Set(known)];
}

/** Runs `action`; a definition error thrown in it is prefixed with the sweep point. */
export function atPoint<T>(point: SweepPoint | null, action: () => T): T {
  if (point === null) return action();
  try {
    return action();
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    const { hint, place } = error;
    const origin = error.origin ?? { stack: error.stack ?? '' };
    throw new DefinitionError(`at ${describePoint(point)}: ${error.message}`, { hint, place, origin });
  }
}
