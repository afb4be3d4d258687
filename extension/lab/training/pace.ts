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
  // Each sum is NaN as soon as one of its values is not finite; four of them do not wait for each other.
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let i = 0;
  for (; i + 3 < values.length; i += 4) {
    a += values[i] * 0;
    b += values[i + 1] * 0;
    c += values[i + 2] * 0;
    d += values[i + 3] * 0;
  }
  for (; i < values.length; i++) a += values[i] * 0;
  return a + b + (c + d) === 0;
}
