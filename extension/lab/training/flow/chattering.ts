/**
 * Whether a flow slides along a kink. On both sides of the kink the field points across it, so that every step crosses it
 * and error control makes them ever shorter, without an end.
 */

/** Accepted steps that are looked at together. */
const WINDOW = 2000;
/** The share of the time gone by, and of that still to go, that they must at least cover. */
const LEAST_PROGRESS = 0.02;
/** Rejected steps for each accepted one from which on it is jumps that keep steps short, and not stability. */
const MANY_REJECTED = 0.1;

export class Chattering {
  private last = { steps: 0, rejected: 0, t: 0 };

  /** Looks at where an integrator has come to; whether its last steps have come nowhere. */
  isStuck({ t, steps, rejected }: { t: number; steps: number; rejected: number }, end: number): boolean {
    const { last } = this;
    const taken = steps - last.steps;
    if (taken < WINDOW) return false;
    this.last = { steps, rejected, t };
    const isJumping = rejected - last.rejected > MANY_REJECTED * taken;
    return isJumping && t - last.t < LEAST_PROGRESS * Math.max(t, end - t);
  }
}
