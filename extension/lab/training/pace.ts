/** Time slices of runs, and the check for finite numbers. */

/** Milliseconds of work between two checks for cancellation. */
export const SLICE = 20;

/**
 * The number of steps until the next check.
 * @param pace steps since the last check
 * @param spent the milliseconds that they took
 */
export function nextPace(pace: number, spent: number): number {
  return Math.max(1, Math.min(4 * pace, Math.floor((pace * SLICE) / Math.max(spent, 0.01))));
}

/** Whether all values are finite; fast, because it is called after every chunk of steps. */
export function areFinite(values: Float64Array): boolean {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] * 0; // NaN as soon as one is not finite
  return sum === 0;
}
