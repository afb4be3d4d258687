/**
 * Whether a flow slides along a kink. On both sides of the kink the field points across it, so that every step crosses it
 * and error control makes them ever shorter, without an end.
 */

/** Accepted steps that are looked at together. */
const WINDOW = 2000;
/** The share of the time gone by, and of that still to go, that they must at least cover. */
const LEAST_PROGRESS = 1e-4;

export class Chattering {
  private steps = 0;
  private since = 0;

  /** Counts a step that has come to t; whether the last steps have come nowhere. */
  isStuck(t: number, end: number): boolean {
    if (++this.steps < WINDOW) return false;
    const progress = t - this.since;
    this.steps = 0;
    this.since = t;
    return progress < LEAST_PROGRESS * Math.max(t, end - t);
  }
}
