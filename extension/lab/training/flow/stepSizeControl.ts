/**
 * Step size control of adaptive integrators (Hairer, Nørsett and Wanner, Solving Ordinary Differential Equations I,
 * II.4).
 */

export interface Tolerances {
  /** Relative and absolute error of each entry in one step. */
  rtol: number;
  atol: number;
}

/** Bounds for the ratio of successive step sizes, and the order of the error. */
export interface StepSizeControl {
  /** The error of a step is proportional to h to this power. */
  order: number;
  shrink: number;
  grow: number;
}

/** The factor for the length of the next step. */
export function stepFactor({ order, shrink, grow }: StepSizeControl, error: number): number {
  if (!Number.isFinite(error)) return 0.25;
  return Math.min(grow, Math.max(shrink, 0.9 * Math.max(error, 1e-10) ** (-1 / order)));
}

/**
 * The root mean square of an error, each entry relative to its tolerance; infinite for NaN.
 * @param error of entry k
 */
export function scaledError(
  { rtol, atol }: Tolerances,
  before: Float64Array,
  after: Float64Array,
  error: (k: number) => number,
): number {
  let total = 0;
  for (let k = 0; k < before.length; k++) {
    total += (error(k) / (atol + rtol * Math.max(Math.abs(before[k]), Math.abs(after[k])))) ** 2;
  }
  const mean = Math.sqrt(total / before.length);
  return Number.isFinite(mean) ? mean : Number.POSITIVE_INFINITY;
}

/**
 * The solution ends if the step size falls below this fraction of the elapsed time. Near a singular point the step size
 * decreases indefinitely, and rounding could carry smaller steps across it to another solution.
 */
const SHORTEST = 1e-10;

/** Whether a step of length h at time t is below this limit. */
export function isTooShort(h: number, t: number): boolean {
  return !(h > SHORTEST * Math.max(t, SHORTEST));
}
