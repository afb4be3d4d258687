/**
 * A linearly implicit Runge–Kutta method for stiff gradient flows, dy/dt = −∇L(y): RODAS, of order 4 with an embedded
 * method of order 3, L-stable (Hairer and Wanner, Solving Ordinary Differential Equations II, IV.7 and IV.10;
 * coefficients in the form without products of the Jacobian with a vector).
 *
 * Chosen over implicit Runge–Kutta methods because it needs no Newton iteration: each step factors one matrix,
 * I/(hγ) + ∇²L, which is symmetric, and positive definite for every step that is not too long for the instability of a
 * saddle: where Cholesky's factorization fails, the step is rejected.
 */
import { factorCholesky, solveCholesky } from '../../linearAlgebra/cholesky.ts';
import { isTooShort, type Tolerances, type Velocity } from './dormandPrince.ts';

/** Writes ∇²L at y, [p, p]; its lower triangle is enough. */
export type Hessian = (y: Float64Array, into: Float64Array) => void;

const GAMMA = 0.25;
/** Stage i starts from y + Σ_j A[i][j] k_j. */
const A = [
  [],
  [1.544],
  [0.9466785280815826, 0.2557011698983284],
  [3.314825187068521, 2.896124015972201, 0.9986419139977817],
  [1.221224509226641, 6.019134481288629, 12.53708332932087, -0.687886036105895],
  [1.221224509226641, 6.019134481288629, 12.53708332932087, -0.687886036105895, 1],
];
/** … and its right-hand side has Σ_j C[i][j] k_j / h besides. */
const C = [
  [],
  [-5.6688],
  [-2.430093356833875, -0.2063599157091915],
  [-0.1073529058151375, -9.594562251023355, -20.47028614809616],
  [7.496443313967647, -10.24680431464352, -33.99990352819905, 11.7089089320616],
  [8.083246795921522, -7.981132988064893, -31.52159432874371, 16.31930543123136, -6.058818238834054],
];

export class Rosenbrock {
  /** Steps accepted. */
  steps = 0;
  private readonly stages: Float64Array[];
  private readonly trial: Float64Array;
  private readonly hessianHere: Float64Array;
  private readonly factor: Float64Array;
  private isFresh = false;

  /**
   * @param t the time at which the solution is `y`
   * @param h the first step's length
   */
  constructor(
    public t: number,
    readonly y: Float64Array,
    private h: number,
    private readonly velocity: Velocity,
    private readonly hessian: Hessian,
    private readonly tolerances: Tolerances,
  ) {
    this.trial = new Float64Array(y.length);
    this.stages = A.map(() => new Float64Array(y.length));
    this.hessianHere = new Float64Array(y.length ** 2);
    this.factor = new Float64Array(y.length ** 2);
  }

  /**
   * Takes one step that the error control accepts, not beyond `end`.
   * @returns false where no step is short enough: the solution ends at t
   */
  step(end: number): boolean {
    if (!this.isFresh) this.hessian(this.y, this.hessianHere);
    this.isFresh = true;
    for (;;) {
      const h = Math.min(this.h, end - this.t);
      if (isTooShort(h, this.t)) return false;
      const error = this.attempt(h);
      if (error <= 1) {
        this.t = h === end - this.t ? end : this.t + h;
        this.y.set(this.trial);
        this.steps++;
        this.isFresh = false;
        // A step that was cut at the end says nothing about the next one, unless it asks for a shorter one.
        if (h === this.h || h * growth(error) < this.h) this.h = h * growth(error);
        return true;
      }
      this.h = h * (Number.isFinite(error) ? growth(error) : 0.25);
    }
  }

  /** Writes the solution of a step of length h to `trial`; the scaled error, above 1 where it must be shorter. */
  private attempt(h: number): number {
    const { y, trial, stages, factor, tolerances } = this;
    const p = y.length;
    factor.set(this.hessianHere);
    for (let k = 0; k < p; k++) factor[k * p + k] += 1 / (h * GAMMA);
    if (!factorCholesky(factor, p)) return Number.POSITIVE_INFINITY;
    for (let stage = 0; stage < A.length; stage++) {
      trial.set(y);
      for (let j = 0; j < stage; j++) {
        const [a, from] = [A[stage][j], stages[j]];
        for (let k = 0; k < p; k++) trial[k] += a * from[k];
      }
      const into = stages[stage];
      this.velocity(trial, into, this.t + h);
      for (let j = 0; j < stage; j++) {
        const [c, from] = [C[stage][j] / h, stages[j]];
        for (let k = 0; k < p; k++) into[k] += c * from[k];
      }
      solveCholesky(factor, p, into);
    }
    // Stiffly accurate: the last stage is the error, and its point with it the solution.
    const last = stages[A.length - 1];
    let total = 0;
    for (let k = 0; k < p; k++) {
      trial[k] += last[k];
      const scale = tolerances.atol + tolerances.rtol * Math.max(Math.abs(y[k]), Math.abs(trial[k]));
      total += (last[k] / scale) ** 2;
    }
    const error = Math.sqrt(total / p);
    return Number.isFinite(error) ? error : Number.POSITIVE_INFINITY;
  }
}

/** The factor for the next step, between 0.2 and 6. */
function growth(error: number): number {
  return Math.min(6, Math.max(0.2, 0.9 * Math.max(error, 1e-10) ** (-1 / 4)));
}
