/** One-step methods with error control: what explicit and linearly implicit ones have in common. */
import { isTooShort, type StepSizeControl, stepFactor, type Tolerances } from './stepSizeControl.ts';

/** A field: dy/dt at y and time t, written into `into`; entries that are not finite reject the step. */
export type VectorField = (y: Float64Array, into: Float64Array, t: number) => void;

export abstract class Integrator {
  /** The present time, and the time at the beginning of the last step. */
  t: number;
  protected before: number;
  /** The solution at t, and at the beginning of the last step. */
  readonly y: Float64Array;
  protected readonly start: Float64Array;
  /** Where a step that is not yet accepted leads. */
  protected readonly trial: Float64Array;
  /** Steps accepted, and attempts that were not. */
  steps = 0;
  rejected = 0;

  /** @param h length of the next step */
  protected constructor(
    t: number,
    y: Float64Array,
    public h: number,
    protected readonly tolerances: Tolerances,
    private readonly control: StepSizeControl,
  ) {
    [this.t, this.before] = [t, t];
    [this.y, this.start, this.trial] = [y.slice(), y.slice(), new Float64Array(y.length)];
  }

  /**
   * Takes one step that the error control accepts, not beyond `end`.
   * @returns false where no step is short enough: the solution ends at t
   */
  step(end: number): boolean {
    for (;;) {
      const h = Math.min(this.h, end - this.t);
      if (isTooShort(h, this.t)) return false;
      const error = this.attempt(h);
      const next = h * stepFactor(this.control, error);
      if (error <= 1) {
        this.before = this.t;
        // To the end itself: t + h may miss it by a rounding, and no step is short enough for that.
        this.t = h === end - this.t ? end : this.t + h;
        this.steps++;
        this.start.set(this.y);
        this.y.set(this.trial);
        this.accepted(h);
        // A step that was cut at the end says nothing about the next one, unless it asks for a shorter one.
        if (h === this.h || next < this.h) this.h = next;
        return true;
      }
      this.rejected++;
      this.h = next;
    }
  }

  /** Writes the solution at a time within the last step. */
  abstract interpolate(time: number, into: Float64Array): void;

  /** Writes the end of a step of length h to `trial`; the scaled error, above 1 where it must be shorter. */
  protected abstract attempt(h: number): number;

  /** Called when `y` and `t` have come to the end of a step of length h. */
  protected abstract accepted(h: number): void;
}
