/**
 * How far rounding errors have grown along a gradient flow. Near a saddle the flow holds on to what only exact arithmetic
 * keeps, such as the sign of det W from a balanced start (Arora, Cohen and Hazan 2018; Razin and Cohen 2020), while a
 * disturbance of the size of one rounding grows like e^{|λ| t}. When it has reached what the user can see, the computed
 * path is no longer the flow's.
 */
import { fillIrregular } from '../../linearAlgebra/irregular.ts';
import { dot, norm } from '../../linearAlgebra/vectors.ts';

/** Share of ‖θ‖ beyond which a grown rounding error ends the run. */
const LARGEST_SHARE = 1e-6;
/** By how much an error must have grown: where θ itself goes to 0, or through it, old errors that have not are harmless. */
const LEAST_GROWTH = 1e3;

export class RoundingGrowth {
  /** The disturbance: a direction of length 1, and the logarithm of its size. */
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
   * Follows a step of length h that has come to y: dv/dt = −∇²L v, with a new rounding error in each step.
   * @returns whether the solution is still that of the flow
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

  /** A rounding error of a direction of its own: no symmetry of the problem hides the growing directions from all of them. */
  private addRounding(size: number): void {
    const { v, fresh } = this;
    fillIrregular(fresh, this.steps++);
    const length = norm(fresh);
    const largest = Math.max(size, this.size);
    const [old, added] = [Math.exp(this.size - largest), Math.exp(size - largest) / (length || 1)];
    for (let k = 0; k < v.length; k++) v[k] = old * v[k] + added * fresh[k];
    this.size = largest + Math.log(this.normalize());
  }

  /** v turns towards where it grows; not further than is stable for the directions in which it decays fastest. */
  private turn(h: number): void {
    const { v, product } = this;
    const steepest = norm(product);
    const share = steepest > 0 ? Math.min(h, 1 / steepest) : 0;
    for (let k = 0; k < v.length; k++) v[k] -= share * product[k];
    this.normalize();
  }

  /** The length that v had. */
  private normalize(): number {
    const { v } = this;
    const length = norm(v);
    if (length > 0) for (let k = 0; k < v.length; k++) v[k] /= length;
    return length;
  }
}
