/** Points of a sweep: descriptions and equality. */
import type { SweepPoint } from '../results.ts';

/** Describes a point: `scale 0.1, depth 2`; empty outside a sweep. */
export function describePoint(point: SweepPoint | null): string {
  return Object.entries(point ?? {})
    .map(([axis, value]) => `${axis} ${value}`)
    .join(', ');
}

/** A key that is equal for equal values, regardless of the order of the axes. */
export function pointKey(point: SweepPoint | null): string {
  return point ? JSON.stringify(Object.entries(point).sort(([a], [b]) => (a < b ? -1 : 1))) : '';
}
