/** How long the steps of an adaptive integrator are (Hairer, Nørsett and Wanner, Solving Ordinary Differential Equations I, II.4). */

export interface Tolerances {
  /** Relative and absolute error of each entry in one step. */
  rtol: number;
  atol: number;
}

/** Bounds of the factor from one step length to the next, and how the error depends on it. */
export interface StepSizeControl {
  /** The error of a step goes like h to this power. */
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
 * The root mean square of an error, each entry in units of what is tolerated there; infinite for no number.
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
 * Where even a step of this share of the time gone by is too long, the solution ends. Before a singular point steps
 * shrink without end; rounding would carry much shorter ones across it, to another solution.
 */
const SHORTEST = 1e-10;

/** Whether a step of length h at time t is no longer than that. */
export function isTooShort(h: number, t: number): boolean {
  return !(h > SHORTEST * Math.max(t, SHORTEST));
}
