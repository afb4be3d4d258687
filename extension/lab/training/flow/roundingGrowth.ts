/**
 * Estimates the growth of rounding errors along a gradient flow. Near a saddle point, the exact flow preserves
 * invariants such as the sign of det W from a balanced initialization (Arora, Cohen and Hazan 2018; Razin and Cohen
 * 2020), while a rounding error grows like e^{|λ| t}. Once it is visible, the computed path is no longer that of the
 * flow.
 */
import { fillIrregular } from '../../linearAlgebra/irregular.ts';
import { dot, norm } from '../../linearAlgebra/vectors.ts';

/** A rounding error above this fraction of ‖θ‖ ends the run. */
const LARGEST_SHARE = 1e-6;
/** Minimum growth factor of the error; without growth, an error is harmless even if θ itself becomes small. */
const LEAST_GROWTH = 1e3;

export class RoundingGrowth {
  /** The perturbation: a unit direction, and the logarithm of its magnitude. */
  private readonly v: Float64Array;
  private size = Number.NEGATIVE_INFINITY;
  private readonly product: Float64Array;
  private readonly fresh: Float64Array;
  private steps = 0;
  /** The largest ‖θ‖ so far. */
  private largest = 0;

  /** @param hessianProduct writes ∇²L(y) v */
  constructor(
    p: number,
    private readonly hessianProduct: (y: Float64Array, v: Float64Array, into: Float64Array) => void,
  ) {
    [this.v, this.product, this.fresh] = [0, 1, 2].map(() => new Float64Array(p));
  }

  /**
   * Propagates the perturbation over a step of length h to y: dv/dt = −∇²L v, with a new rounding error in each step.
   * @returns whether the solution is still accurate
   */
  follow(y: Float64Array, h: number): boolean {
    const { v, product } = this;
    const scale = norm(y);
    this.largest = Math.max(this.largest, scale);
    this.addRounding(Math.log(Number.EPSILON * scale));
    this.hessianProduct(y, v, product);
    const curvature = dot(v, product);
    if (Number.isFinite(curvature)) {
      this.size -= h * curvature;
      this.turn(h);
    }
    const hasGrown = this.size > Math.log(LEAST_GROWTH * Number.EPSILON * this.largest);
    return !(hasGrown && this.size > Math.log(LARGEST_SHARE * scale));
  }

  /**
   * Adds a rounding error in an irregular direction, so that symmetries of the problem cannot hide growing directions.
   */
  private addRounding(size: number): void {
    const { v, fresh } = this;
    fillIrregular(fresh, this.steps++);
    const length = norm(fresh);
    const largest = Math.max(size, this.size);
    const [old, added] = [Math.exp(this.size - largest), Math.exp(size - largest) / (length || 1)];
    for (let k = 0; k < v.length; k++) v[k] = old * v[k] + added * fresh[k];
    this.size = largest + Math.log(this.normalize());
  }

  /** Rotates v towards growing directions, limited by stability for the fastest decaying directions. */
  private turn(h: number): void {
    const { v, product } = this;
    const steepest = norm(product);
    const share = steepest > 0 ? Math.min(h, 1 / steepest) : 0;
    for (let k = 0; k < v.length; k++) v[k] -= share * product[k];
    this.normalize();
  }

  /** Normalizes v and returns its previous length. */
  private normalize(): number {
    const { v } = this;
    const length = norm(v);
    if (length > 0) for (let k = 0; k < v.length; k++) v[k] /= length;
    return length;
  }
}
