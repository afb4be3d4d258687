/** Explicit Runge–Kutta methods with the FSAL property and an embedded error estimate. */
import { Integrator, type VectorField } from './integrator.ts';
import { type StepSizeControl, scaledError, type Tolerances } from './stepSizeControl.ts';

export interface ExplicitTableau {
  /** Stage i starts from y + h Σ_j a[i][j] k_j; the last one is at the end of the step. */
  a: readonly (readonly number[])[];
  /** The time of each stage, as a fraction of the step. */
  c: readonly number[];
  /** Difference of the two solutions, per stage. */
  error: readonly number[];
  /** Of the dense output's fourth-order term, per stage. */
  dense: readonly number[];
  control: StepSizeControl;
  /** The method is stable if h times the largest eigenvalue is below approximately this value. */
  stability: number;
}

/** Number of stiff steps after which the problem counts as stiff, and of nonstiff steps that reset the count. */
const MANY_STIFF = 15;
const MANY_EASY = 6;

export class ExplicitRungeKutta extends Integrator {
  /**
   * Whether stability rather than accuracy has limited the step size for some time: h times an estimate of the largest
   * eigenvalue of the Jacobian, from the last two stages, is at the boundary of the stability region (Hairer and Wanner
   * II, IV.2).
   */
  isStiff = false;
  private stiffSteps = 0;
  private easySteps = 0;
  /** The point of the second-to-last stage. */
  private readonly beforeLast: Float64Array;
  private readonly stages: Float64Array[];
  private readonly lastStages: Float64Array[];

  constructor(
    private readonly tableau: ExplicitTableau,
    y0: Float64Array,
    private readonly field: VectorField,
    tolerances: Tolerances,
  ) {
    super(0, y0, 0, tolerances, tableau.control);
    this.beforeLast = new Float64Array(y0.length);
    this.stages = tableau.a.map(() => new Float64Array(y0.length));
    this.lastStages = tableau.a.map(() => new Float64Array(y0.length));
    field(this.y, this.stages[0], 0);
    this.h = this.firstStep();
  }

  /** dy/dt at the current time. */
  get slope(): Float64Array {
    return this.stages[0];
  }

  interpolate(time: number, into: Float64Array): void {
    const { dense } = this.tableau;
    const h = this.t - this.before;
    const s = h > 0 ? (time - this.before) / h : 1;
    const k = this.lastStages;
    const last = k.length - 1;
    for (let i = 0; i < into.length; i++) {
      const change = this.y[i] - this.start[i];
      const slope = h * k[0][i] - change;
      const end = change - h * k[last][i] - slope;
      let fourth = 0;
      for (let stage = 0; stage <= last; stage++) fourth += dense[stage] * k[stage][i];
      into[i] = this.start[i] + s * (change + (1 - s) * (slope + s * (end + (1 - s) * h * fourth)));
    }
  }

  protected attempt(h: number): number {
    const { y, trial, stages, tolerances } = this;
    const { a, c, error } = this.tableau;
    const last = a.length - 1;
    for (let stage = 1; stage <= last; stage++) {
      for (let i = 0; i < y.length; i++) {
        let sum = 0;
        for (let j = 0; j < stage; j++) sum += a[stage][j] * stages[j][i];
        trial[i] = y[i] + h * sum;
      }
      if (stage === last - 1) this.beforeLast.set(trial);
      this.field(trial, stages[stage], this.t + c[stage] * h);
    }
    return scaledError(tolerances, y, trial, (i) => {
      let difference = 0;
      for (let stage = 0; stage <= last; stage++) difference += error[stage] * stages[stage][i];
      return h * difference;
    });
  }

  protected accepted(h: number): void {
    this.watchStiffness(h);
    this.stages.forEach((stage, i) => {
      this.lastStages[i].set(stage);
    });
    // The last stage of this step is the first of the next.
    this.stages[0].set(this.stages[this.stages.length - 1]);
  }

  private watchStiffness(h: number): void {
    const { stages, trial, beforeLast } = this;
    const last = stages.length - 1;
    let [change, distance] = [0, 0];
    for (let i = 0; i < trial.length; i++) {
      change += (stages[last][i] - stages[last - 1][i]) ** 2;
      distance += (trial[i] - beforeLast[i]) ** 2;
    }
    if (distance > 0 && h * Math.sqrt(change / distance) > this.tableau.stability) {
      this.easySteps = 0;
      if (++this.stiffSteps === MANY_STIFF) this.isStiff = true;
    } else if (++this.easySteps === MANY_EASY) this.stiffSteps = 0;
  }

  /** An initial step size from the magnitude of the field and of its change (Hairer, Nørsett and Wanner, II.4). */
  private firstStep(): number {
    const { y, trial, stages, tolerances } = this;
    const size = (values: (i: number) => number) => {
      let sum = 0;
      for (let i = 0; i < y.length; i++) sum += (values(i) / (tolerances.atol + tolerances.rtol * Math.abs(y[i]))) ** 2;
      return Math.sqrt(sum / y.length);
    };
    const [d0, d1] = [size((i) => y[i]), size((i) => stages[0][i])];
    const h0 = d0 < 1e-5 || d1 < 1e-5 ? 1e-6 : (0.01 * d0) / d1;
    for (let i = 0; i < y.length; i++) trial[i] = y[i] + h0 * stages[0][i];
    this.field(trial, stages[1], h0);
    const d2 = size((i) => stages[1][i] - stages[0][i]) / h0;
    const largest = Math.max(d1, d2);
    const h1 = largest <= 1e-15 ? Math.max(1e-6, 1e-3 * h0) : (0.01 / largest) ** (1 / 5);
    return Number.isFinite(h1) ? Math.min(100 * h0, h1) : h0;
  }
}
