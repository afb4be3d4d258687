/** What every run minds on its way: how long it may go unheard, and whether its numbers are still numbers. */

/** Milliseconds of work between two looks at whether the run is still wanted. */
export const SLICE = 20;

/**
 * Steps to take before the next look.
 * @param pace steps taken since the last one
 * @param spent the milliseconds that they took
 */
export function nextPace(pace: number, spent: number): number {
  return Math.max(1, Math.min(4 * pace, Math.floor((pace * SLICE) / Math.max(spent, 0.01))));
}

/** Whether all values are finite; fast, for it is asked after every chunk of steps. */
export function areFinite(values: Float64Array): boolean {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] * 0; // NaN as soon as one is not finite
  return sum === 0;
}
