/**
 * How far rounding errors have grown along a gradient flow. Near a saddle the flow holds on to what only exact arithmetic
 * keeps, such as the sign of det W from a balanced start (Arora, Cohen and Hazan 2018; Razin and Cohen 2020), while a
 * disturbance of the size of one rounding grows like e^{|λ| t}. When it has reached what the user can see, the computed
 * path is no longer the flow's.
 */
import { dot, norm } from '../../linearAlgebra/vectors.ts';

/** Share of ‖θ‖ beyond which a grown rounding error ends the run. */
const LARGEST_SHARE = 1e-6;

export class RoundingGrowth {
  /** The direction in which a disturbance has come to lie, of length 1. */
  private readonly v: Float64Array;
  private readonly product: Float64Array;
  /** The logarithm of its size. */
  private size = Number.NEGATIVE_INFINITY;

  /** @param hessianProduct writes ∇²L(y) v */
  constructor(
    p: number,
    private readonly hessianProduct: (y: Float64Array, v: Float64Array, into: Float64Array) => void,
  ) {
    // Fixed and irregular: some of it lies along every direction that could grow.
    this.v = Float64Array.from({ length: p }, (_, k) => ((Math.imul(k + 1, 0x9e3779b1) >>> 9) & 1023) / 1023 - 0.4973);
    const length = norm(this.v);
    for (let k = 0; k < p; k++) this.v[k] /= length;
    this.product = new Float64Array(p);
  }

  /**
   * Follows a step of length h that has come to y: dv/dt = −∇²L v, with a new rounding error in each step.
   * @returns whether the solution is still that of the flow
   */
  follow(y: Float64Array, h: number): boolean {
    const { v, product } = this;
    const scale = norm(y);
    const floor = Math.log(Number.EPSILON * scale);
    this.hessianProduct(y, v, product);
    const curvature = dot(v, product);
    if (Number.isFinite(curvature)) {
      this.size = Math.max(floor, this.size - h * curvature);
      this.turn(h);
    }
    return !(this.size > Math.log(LARGEST_SHARE * scale));
  }

  /** v turns towards where it grows; not further than is stable for the directions in which it decays fastest. */
  private turn(h: number): void {
    const { v, product } = this;
    const steepest = norm(product);
    const share = steepest > 0 ? Math.min(h, 1 / steepest) : 0;
    for (let k = 0; k < v.length; k++) v[k] -= share * product[k];
    const length = norm(v);
    for (let k = 0; k < v.length; k++) v[k] /= length;
  }
}
