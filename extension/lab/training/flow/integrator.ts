/** The base class of explicit and linearly implicit one-step methods with error control. */
import { isTooShort, type StepSizeControl, stepFactor, type Tolerances } from './stepSizeControl.ts';

/** A vector field: writes dy/dt at y and time t to `into`; non-finite entries reject the step. */
export type VectorField = (y: Float64Array, into: Float64Array, t: number) => void;

export abstract class Integrator {
  /** The current time, and the time at the start of the last step. */
  t: number;
  protected before: number;
  /** The solution at t, and at the start of the last step. */
  readonly y: Float64Array;
  protected readonly start: Float64Array;
  /** The end of a step that is not yet accepted. */
  protected readonly trial: Float64Array;
  /** Number of accepted steps and rejected attempts. */
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
   * @returns false if the required step is too small: the solution ends at t
   */
  step(end: number): boolean {
    for (;;) {
      const h = Math.min(this.h, end - this.t);
      if (isTooShort(h, this.t)) return false;
      const error = this.attempt(h);
      const next = h * stepFactor(this.control, error);
      if (error <= 1) {
        this.before = this.t;
        // Set the end exactly: t + h may differ from it by rounding, and the remaining step would be too small.
        this.t = h === end - this.t ? end : this.t + h;
        this.steps++;
        this.start.set(this.y);
        this.y.set(this.trial);
        this.accepted(h);
        // A step that was truncated at the end does not increase the next step size.
        if (h === this.h || next < this.h) this.h = next;
        return true;
      }
      this.rejected++;
      this.h = next;
    }
  }

  /** Writes the solution at a time within the last step. */
  abstract interpolate(time: number, into: Float64Array): void;

  /**
   * Writes the end of a step of length h to `trial`; returns the scaled error, above 1 if the step must be repeated
   * with a smaller size.
   */
  protected abstract attempt(h: number): number;

  /** Called after `y` and `t` have advanced by a step of length h. */
  protected abstract accepted(h: number): void;
}
