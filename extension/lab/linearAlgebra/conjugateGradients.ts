/**
 * Preconditioned conjugate gradients (Hestenes and Stiefel 1952) for symmetric positive definite matrices given by
 * products.
 */

import { Tridiagonal } from './tridiagonal.ts';
import { dot } from './vectors.ts';

/** When to stop. */
export interface StoppingRule {
  /** Relative residual. */
  tolerance: number;
  /** Maximum number of iterations. */
  iterations: number;
}

export interface IterativeOutcome {
  iterations: number;
  /** ‖b − A x‖ / ‖b‖ in the norm of M⁻¹, computed from the solution itself. */
  residual: number;
  /** The same in the 2-norm. */
  plainResidual: number;
  /** The residual is below the tolerance, or at the rounding level of the matrix and the solution. */
  converged: boolean;
  /** Whether a null direction of the matrix was found, so that the system has no or many solutions. */
  singular: boolean;
}

/**
 * A symmetric positive semidefinite matrix: writes A x, returns xᵀ A x, which must be computed without cancellation.
 */
export type QuadraticProduct = (x: Float64Array, into: Float64Array) => number;

/** Directions whose Rayleigh quotient is below this fraction of the largest one count as null. */
const NULL_SHARE = 1e-14;
/** Allowed rounding errors of products, in units of 2^-52. */
const ROUNDING = 64 * 2 ** -52;
/** Maximum number of restarts from the true residual, as long as they help. */
const RESTARTS = 3;

/** Spectral information gathered by the iteration: Rayleigh quotients and the Lanczos matrix. */
class Spectrum {
  readonly lanczos: Tridiagonal;
  /** The largest Rayleigh quotient xᵀ A x / xᵀ x so far. */
  largest = 0;
  private previous = { alpha: 1, beta: 0 };

  constructor(iterations: number) {
    this.lanczos = new Tridiagonal(iterations);
  }

  clear(): void {
    this.lanczos.clear();
    this.largest = 0;
    this.previous = { alpha: 1, beta: 0 };
  }

  /** Whether a direction counts as null. */
  isNull(curvature: number, squaredLength: number): boolean {
    this.largest = Math.max(this.largest, curvature / squaredLength);
    return !(curvature > NULL_SHARE * this.largest * squaredLength);
  }

  /** One iteration of the first cycle: step length α, and β of the next direction. */
  add(alpha: number, beta: number): void {
    const { previous, lanczos } = this;
    lanczos.add(1 / alpha + previous.beta / previous.alpha, Math.sqrt(beta) / alpha);
    previous.alpha = alpha;
    previous.beta = beta;
  }

  /** The ratio of the extreme Ritz values, or null. */
  condition(): number | null {
    const extremes = this.lanczos.extremes();
    return extremes && extremes.least > 0 ? extremes.largest / extremes.least : null;
  }
}

/** A symmetric positive definite approximation M of A that is easy to invert. */
export interface Preconditioner {
  /** Writes M⁻¹ r. */
  solve(r: Float64Array, into: Float64Array): void;
  /** xᵀ M x. */
  squaredLength(x: Float64Array): number;
}

/** @param scale 1 / M, read at each solve */
export function diagonalPreconditioner(scale: Float64Array): Preconditioner {
  return {
    solve(r, into) {
      for (let i = 0; i < r.length; i++) into[i] = scale[i] * r[i];
    },
    squaredLength(x) {
      let sum = 0;
      for (let i = 0; i < x.length; i++) sum += (x[i] * x[i]) / scale[i];
      return sum;
    },
  };
}

/** Solves A x = b. */
export class ConjugateGradients {
  private readonly r: Float64Array;
  private readonly z: Float64Array;
  private readonly q: Float64Array;
  private readonly aq: Float64Array;
  private readonly spectrum: Spectrum;

  constructor(
    size: number,
    private readonly rule: StoppingRule,
  ) {
    [this.r, this.z, this.q, this.aq] = [0, 1, 2, 3].map(() => new Float64Array(size));
    this.spectrum = new Spectrum(rule.iterations);
  }

  /** The condition number of the preconditioned matrix, estimated by the last solve from x = 0. */
  condition(): number | null {
    return this.spectrum.condition();
  }

  /**
   * @param preconditioner residuals are measured in the norm of its inverse
   * @param x the initial guess, overwritten by the solution
   */
  solve(product: QuadraticProduct, b: Float64Array, preconditioner: Preconditioner, x: Float64Array): IterativeOutcome {
    const { r, z, q, aq, rule, spectrum } = this;
    spectrum.clear();
    const size = x.length;
    preconditioner.solve(b, z);
    const target = Math.sqrt(dot(b, z));
    let iterations = 0;
    let singular = false;
    let before = Number.POSITIVE_INFINITY;
    for (let cycle = 0; ; cycle++) {
      product(x, aq);
      for (let i = 0; i < size; i++) r[i] = b[i] - aq[i];
      preconditioner.solve(r, z);
      const left = Math.sqrt(dot(r, z));
      const rounding = ROUNDING * spectrum.largest * Math.sqrt(preconditioner.squaredLength(x));
      const converged = left <= rule.tolerance * target || (cycle > 0 && left <= rounding);
      const isStuck = singular || iterations >= rule.iterations || cycle > RESTARTS || !(left < 0.5 * before);
      if (converged || isStuck) {
        const plainResidual = ratio(Math.sqrt(dot(r, r)), Math.sqrt(dot(b, b)));
        return { iterations, residual: ratio(left, target), plainResidual, converged, singular };
      }
      before = left;
      let rho = left * left;
      q.set(z);
      while (iterations < rule.iterations && Math.sqrt(rho) > rule.tolerance * target) {
        const curvature = product(q, aq);
        singular = spectrum.isNull(curvature, preconditioner.squaredLength(q));
        if (singular) break;
        const alpha = rho / curvature;
        for (let i = 0; i < size; i++) {
          x[i] += alpha * q[i];
          r[i] -= alpha * aq[i];
        }
        preconditioner.solve(r, z);
        const next = dot(r, z);
        const beta = next / rho;
        if (cycle === 0) spectrum.add(alpha, beta);
        for (let i = 0; i < size; i++) q[i] = z[i] + beta * q[i];
        rho = next;
        iterations++;
      }
    }
  }
}

/** left / target, with 0 / 0 = 0. */
function ratio(left: number, wanted: number): number {
  return left === 0 ? 0 : left / wanted;
}
