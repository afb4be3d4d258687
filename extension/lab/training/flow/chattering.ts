/**
 * Detects a flow that slides along a kink. The field points towards the kink on both sides, so that every step crosses
 * it and error control reduces the step size indefinitely.
 */

/** Number of accepted steps per window. */
const WINDOW = 2000;
/** Minimum progress per window, relative to the elapsed and to the remaining time. */
const LEAST_PROGRESS = 0.02;
/** Rejected steps per accepted step above which jumps, rather than stability, limit the step size. */
const MANY_REJECTED = 0.1;

export class Chattering {
  private last = { steps: 0, rejected: 0, t: 0 };

  /** Whether the integrator has made too little progress in its last steps. */
  isStuck({ t, steps, rejected }: { t: number; steps: number; rejected: number }, end: number): boolean {
    const { last } = this;
    const taken = steps - last.steps;
    if (taken < WINDOW) return false;
    this.last = { steps, rejected, t };
    const isJumping = rejected - last.rejected > MANY_REJECTED * taken;
    return isJumping && t - last.t < LEAST_PROGRESS * Math.max(t, end - t);
  }
}
