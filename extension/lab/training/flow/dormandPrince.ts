/**
 * Dormand and Prince's Runge–Kutta method of order 5 with an embedded one of order 4 (Dormand and Prince 1980; step
 * control and dense output as in Hairer, Nørsett and Wanner, Solving Ordinary Differential Equations I, II.4–II.6).
 */

/** dy/dt at y and time t, written into `into`; entries that are not finite reject the step. */
export type Velocity = (y: Float64Array, into: Float64Array, t: number) => void;

export interface Tolerances {
  /** Relative and absolute error of each entry in one step. */
  rtol: number;
  atol: number;
}

// The tableau: stage i starts from y + h Σ_j A[i][j] k_j.
const A = [
  [],
  [1 / 5],
  [3 / 40, 9 / 40],
  [44 / 45, -56 / 15, 32 / 9],
  [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
  [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
  [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
];
/** The time of each stage, as a share of the step. */
const C = [0, 1 / 5, 3 / 10, 4 / 5, 8 / 9, 1, 1];
/** Difference of the two solutions, per stage. */
const E = [71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40];
/** Of the dense output's fourth-order term, per stage. */
const D = [
  -12715105075 / 11282082432,
  0,
  87487479700 / 32700410799,
  -10690763975 / 1880347072,
  701980252875 / 199316789632,
  -1453857185 / 822651844,
  69997945 / 29380423,
];

/** The method is stable where h times the largest eigenvalue is below about 3.3. */
const STABLE = 3.25;
const MANY_STIFF = 15;

/**
 * Where even a step of this share of the time gone by is too long, the solution ends. Before a singular point steps
 * shrink without end; rounding would carry much shorter ones across it, to another solution.
 */
const SHORTEST = 1e-10;

/** Whether a step of length h at time t is no longer than that. */
export function isTooShort(h: number, t: number): boolean {
  return !(h > SHORTEST * Math.max(t, SHORTEST));
}

export class DormandPrince {
  /** The present time, and the time at the beginning of the last step. */
  t = 0;
  private before = 0;
  /** The solution at t. */
  readonly y: Float64Array;
  /** Steps accepted. */
  steps = 0;
  /** Length of the next step. */
  h: number;
  /**
   * Whether stability, not accuracy, has bounded the steps for a while: h times an estimate of the largest eigenvalue of
   * the Jacobian, from the last two stages, is at the border of the stability region (Hairer and Wanner II, IV.2).
   */
  isStiff = false;
  private stiffSteps = 0;
  private easySteps = 0;
  /** Where the last stage but one was evaluated. */
  private readonly beforeLast: Float64Array;
  private readonly start: Float64Array;
  private readonly stages: Float64Array[];
  private readonly trial: Float64Array;

  constructor(
    y0: Float64Array,
    private readonly velocity: Velocity,
    private readonly tolerances: Tolerances,
  ) {
    this.y = y0.slice();
    this.start = y0.slice();
    this.trial = new Float64Array(y0.length);
    this.beforeLast = new Float64Array(y0.length);
    this.stages = A.map(() => new Float64Array(y0.length));
    velocity(this.y, this.stages[0], 0);
    this.h = this.firstStep();
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
      if (error <= 1) {
        // To the end itself: t + h may miss it by a rounding, and no step is short enough for that.
        this.accept(h, h === end - this.t ? end : this.t + h);
        // A step that was cut at the end says nothing about the next one.
        if (h === this.h || error > 0.5) this.h = h * growth(error);
        return true;
      }
      this.h = h * (Number.isFinite(error) ? growth(error) : 0.25);
    }
  }

  /** The solution at a time within the last step, to fourth order. */
  interpolate(time: number, into: Float64Array): void {
    const h = this.t - this.before;
    const s = h > 0 ? (time - this.before) / h : 1;
    const k = this.lastStages;
    for (let i = 0; i < into.length; i++) {
      const change = this.y[i] - this.start[i];
      const slope = h * k[0][i] - change;
      const end = change - h * k[6][i] - slope;
      let fourth = 0;
      for (let stage = 0; stage < 7; stage++) fourth += D[stage] * k[stage][i];
      into[i] = this.start[i] + s * (change + (1 - s) * (slope + s * (end + (1 - s) * h * fourth)));
    }
  }

  private lastStages: Float64Array[] = [];

  /** Stages of a step of length h; the scaled error, above 1 where it must be shorter. */
  private attempt(h: number): number {
    const { y, trial, stages, tolerances } = this;
    const n = y.length;
    for (let stage = 1; stage < 7; stage++) {
      for (let i = 0; i < n; i++) {
        let sum = 0;
        for (let j = 0; j < stage; j++) sum += A[stage][j] * stages[j][i];
        trial[i] = y[i] + h * sum;
      }
      if (stage === 5) this.beforeLast.set(trial);
      this.velocity(trial, stages[stage], this.t + C[stage] * h);
    }
    let total = 0;
    for (let i = 0; i < n; i++) {
      let difference = 0;
      for (let stage = 0; stage < 7; stage++) difference += E[stage] * stages[stage][i];
      const scale = tolerances.atol + tolerances.rtol * Math.max(Math.abs(y[i]), Math.abs(trial[i]));
      total += ((h * difference) / scale) ** 2;
    }
    const error = Math.sqrt(total / n);
    return Number.isFinite(error) ? error : Number.POSITIVE_INFINITY;
  }

  private accept(h: number, t: number): void {
    this.before = this.t;
    this.t = t;
    this.steps++;
    this.watchStiffness(h);
    this.start.set(this.y);
    this.y.set(this.trial);
    this.lastStages = this.stages.map((stage) => stage.slice());
    // The last stage of this step is the first of the next.
    this.stages[0].set(this.stages[6]);
  }

  private watchStiffness(h: number): void {
    const { stages, trial, beforeLast } = this;
    let [change, distance] = [0, 0];
    for (let i = 0; i < trial.length; i++) {
      change += (stages[6][i] - stages[5][i]) ** 2;
      distance += (trial[i] - beforeLast[i]) ** 2;
    }
    if (distance > 0 && h * Math.sqrt(change / distance) > STABLE) {
      this.easySteps = 0;
      if (++this.stiffSteps === MANY_STIFF) this.isStiff = true;
    } else if (++this.easySteps === 6) this.stiffSteps = 0;
  }

  /** A first step from the size of the velocity and of its change (Hairer, Nørsett and Wanner, II.4). */
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
    this.velocity(trial, stages[1], h0);
    const d2 = size((i) => stages[1][i] - stages[0][i]) / h0;
    const largest = Math.max(d1, d2);
    const h1 = largest <= 1e-15 ? Math.max(1e-6, 1e-3 * h0) : (0.01 / largest) ** (1 / 5);
    return Number.isFinite(h1) ? Math.min(100 * h0, h1) : h0;
  }
}

/** The factor for the next step, between 0.2 and 8. */
function growth(error: number): number {
  return Math.min(8, Math.max(0.2, 0.9 * Math.max(error, 1e-10) ** (-1 / 5)));
}
