/** `sweep(axes, (point) => definition)`: repeats an experiment over a grid of values. */

import type { ExperimentDefinition } from './definition.ts';
import { DefinitionError } from './errors.ts';
import { factorsText, MOST_POINTS } from './limits.ts';
import { isArrayLike, isRecord, show } from './options.ts';
import { describePoint } from './results/points.ts';
import type { SweepPoint } from './results.ts';

/** A value of an axis. */
export type AxisValue = number | string | boolean;

declare const swept: unique symbol;

/** What {@link sweep} returns: it takes the place of the definition of an experiment. */
export interface Sweep {
  /** Not there: it tells the type from others without a name that an editor would offer. */
  readonly [swept]: true;
}

/** A sweep as it is read. */
export interface DefinedSweep extends Sweep {
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
  const read = Object.entries(axes).map(([axis, values]) => [axis, readAxis(axis, values)] as const);
  const count = read.reduce((product, [, values]) => product * values.length, 1);
  if (count > MOST_POINTS) {
    const factors = factorsText(read.map(([axis, { length }]) => [length, `values of '${axis}'`]));
    throw new DefinitionError(`sweep: ${factors} are ${count} points, more than the ${MOST_POINTS} allowed`, {
      hint: 'Use fewer values, or divide the sweep between several experiments.',
    });
  }
  let points: SweepPoint[] = [{}];
  for (const [axis, values] of read) {
    points = points.flatMap((point) => values.map((value) => ({ ...point, [axis]: value })));
  }
  return { kind: 'sweep', points, define } as Omit<DefinedSweep, typeof swept> as DefinedSweep;
}

function readAxis(axis: string, values: unknown): AxisValue[] {
  if (!isArrayLike(values) || values.length === 0) {
    throw new DefinitionError(
      `sweep: the axis '${axis}' must be an array of at least one value; it is ${show(values)}`,
    );
  }
  if (values.length > MOST_POINTS) {
    throw new DefinitionError(
      `sweep: the axis '${axis}' has ${values.length} values, more than the ${MOST_POINTS} points that a sweep may have`,
      { hint: 'Use fewer values, or divide the sweep between several experiments.' },
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
    const origin = error.origin ?? { stack: error.stack ?? '' };
    throw error.but({ message: `at ${describePoint(point)}: ${error.message}`, origin });
  }
}
