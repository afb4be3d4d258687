/**
 * Linearly implicit Runge–Kutta methods for stiff gradient flows, dy/dt = −∇L(y), in the form without products of the
 * Jacobian with a vector (Hairer and Wanner, Solving Ordinary Differential Equations II, IV.7).
 *
 * Chosen over implicit Runge–Kutta methods because they need no Newton iteration: each step factors one matrix, I/(hγ)
 * + ∇²L, which is symmetric, and positive definite unless the step is too large near a saddle point; if the Cholesky
 * factorization fails, the step is rejected.
 */
import { factorCholesky, solveCholesky } from '../../linearAlgebra/cholesky.ts';
import { Integrator, type VectorField } from './integrator.ts';
import { type StepSizeControl, scaledError, type Tolerances } from './stepSizeControl.ts';

/** Writes ∇²L at y, [p, p]; only the lower triangle is needed. */
export type Hessian = (y: Float64Array, into: Float64Array) => void;

export interface RosenbrockTableau {
  gamma: number;
  /** Stage i starts from y + Σ_j a[i][j] k_j … */
  a: readonly (readonly number[])[];
  /** … and its right side has Σ_j c[i][j] k_j / h besides. The last stage is the error, and its point with it the solution. */
  c: readonly (readonly number[])[];
  /** Of the dense output's two higher terms, per stage. */
  dense: readonly [readonly number[], readonly number[]];
  control: StepSizeControl;
}

export class Rosenbrock extends Integrator {
  private readonly stages: Float64Array[];
  private readonly lastStages: Float64Array[];
  private readonly hessianHere: Float64Array;
  private readonly factor: Float64Array;
  private isFresh = false;

  /**
   * @param t the time at which the solution is `y`
   * @param h the first step's length
   */
  constructor(
    private readonly tableau: RosenbrockTableau,
    t: number,
    y: Float64Array,
    h: number,
    private readonly field: VectorField,
    private readonly hessian: Hessian,
    tolerances: Tolerances,
  ) {
    super(t, y, h, tolerances, tableau.control);
    this.stages = tableau.a.map(() => new Float64Array(y.length));
    this.lastStages = tableau.a.map(() => new Float64Array(y.length));
    this.hessianHere = new Float64Array(y.length ** 2);
    this.factor = new Float64Array(y.length ** 2);
  }

  interpolate(time: number, into: Float64Array): void {
    const h = this.t - this.before;
    const s = h > 0 ? (time - this.before) / h : 1;
    const [second, third] = this.tableau.dense.map((weights) => (i: number) => {
      let sum = 0;
      for (let stage = 0; stage < weights.length; stage++) sum += weights[stage] * this.lastStages[stage][i];
      return sum;
    });
    for (let i = 0; i < into.length; i++) {
      into[i] = this.start[i] * (1 - s) + s * (this.y[i] + (1 - s) * (second(i) + s * third(i)));
    }
  }

  protected attempt(h: number): number {
    const { y, trial, stages, factor, tolerances } = this;
    const { a, c, gamma } = this.tableau;
    const p = y.length;
    if (!this.isFresh) this.hessian(y, this.hessianHere);
    this.isFresh = true;
    factor.set(this.hessianHere);
    for (let k = 0; k < p; k++) factor[k * p + k] += 1 / (h * gamma);
    if (!factorCholesky(factor, p)) return Number.POSITIVE_INFINITY;
    for (let stage = 0; stage < a.length; stage++) {
      trial.set(y);
      for (let j = 0; j < stage; j++) {
        const [weight, from] = [a[stage][j], stages[j]];
        for (let k = 0; k < p; k++) trial[k] += weight * from[k];
      }
      const into = stages[stage];
      this.field(trial, into, this.t + h);
      for (let j = 0; j < stage; j++) {
        const [weight, from] = [c[stage][j] / h, stages[j]];
        for (let k = 0; k < p; k++) into[k] += weight * from[k];
      }
      solveCholesky(factor, p, into);
    }
    const last = stages[a.length - 1];
    for (let k = 0; k < p; k++) trial[k] += last[k];
    return scaledError(tolerances, y, trial, (k) => last[k]);
  }

  protected accepted(): void {
    this.isFresh = false;
    this.stages.forEach((stage, i) => {
      this.lastStages[i].set(stage);
    });
  }
}
