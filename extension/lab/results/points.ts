/** Points of a sweep: how they are named, and which are the same. */
import type { SweepPoint } from '../results.ts';

/** A point in words: `scale 0.1, depth 2`; empty outside a sweep. */
export function describePoint(point: SweepPoint | null): string {
  return Object.entries(point ?? {})
    .map(([axis, value]) => `${axis} ${value}`)
    .join(', ');
}

/** The same for the same values, whatever the order of the axes. */
export function pointKey(point: SweepPoint | null): string {
  return point ? JSON.stringify(Object.entries(point).sort(([a], [b]) => (a < b ? -1 : 1))) : '';
}
