/**
 * Conjugate gradients (Hestenes and Stiefel 1952) for systems known by products alone: for a symmetric positive definite
 * matrix, and for damped least squares of minimum norm (CGLS, Björck, Numerical Methods for Least Squares Problems, 7.4).
 */

import { Tridiagonal } from './tridiagonal.ts';
import { dot } from './vectors.ts';

/** When to stop. */
export interface StoppingRule {
  /** Relative residual. */
  tolerance: number;
  /** Iterations, at most. */
  iterations: number;
}

export interface IterativeOutcome {
  iterations: number;
  /** Relative to the right-hand side, computed from the solution itself. */
  residual: number;
  /** The residual is below the tolerance, or at the rounding level of the matrix and the solution. */
  converged: boolean;
  /** A direction was met that the matrix maps to nothing: the system has no solution, or many. */
  singular: boolean;
}

/** A symmetric positive semidefinite matrix: writes A x, returns xᵀ A x, which must not be lost to cancellation. */
export type QuadraticProduct = (x: Float64Array, into: Float64Array) => number;

/** Directions along which the matrix is smaller than this share of its largest value are taken as null. */
const NULL_SHARE = 1e-14;
/** Rounding that products are allowed, in units of 2^-52: grows slowly with the length of sums. */
const ROUNDING = 64 * 2 ** -52;
/** From the true residual the iteration begins again so many times, as long as it helps. */
const RESTARTS = 3;

/** What both methods learn of their matrix: its size along the directions gone so far, and its Lanczos matrix. */
class Spectrum {
  readonly lanczos: Tridiagonal;
  /** The largest xᵀ A x / xᵀ x met. */
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

  /** Whether the matrix is there along a direction. */
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

  /** The ratio of the extreme eigenvalues that the iteration saw, or null. */
  condition(): number | null {
    const extremes = this.lanczos.extremes();
    return extremes && extremes.least > 0 ? extremes.largest / extremes.least : null;
  }
}

/** A symmetric positive definite matrix M that is near A, and easily solved with. */
export interface Preconditioner {
  /** Writes M⁻¹ r. */
  solve(r: Float64Array, into: Float64Array): void;
  /** xᵀ M x. */
  squaredLength(x: Float64Array): number;
}

/** @param scale 1 / M, read at each solution */
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

  /** Of the preconditioned matrix, as the last solution from x = 0 saw it. */
  condition(): number | null {
    return this.spectrum.condition();
  }

  /**
   * @param preconditioner residuals are measured in the norm of its inverse
   * @param x the first guess, and then the solution
   */
  solve(product: QuadraticProduct, b: Float64Array, preconditioner: Preconditioner, x: Float64Array): IterativeOutcome {
    const { r, z, q, aq, rule, spectrum } = this;
    spectrum.clear();
    const size = x.length;
    preconditioner.solve(b, z);
    const wanted = Math.sqrt(dot(b, z));
    let iterations = 0;
    let singular = false;
    let before = Number.POSITIVE_INFINITY;
    for (let cycle = 0; ; cycle++) {
      product(x, aq);
      for (let i = 0; i < size; i++) r[i] = b[i] - aq[i];
      preconditioner.solve(r, z);
      const left = Math.sqrt(dot(r, z));
      const rounding = ROUNDING * spectrum.largest * Math.sqrt(preconditioner.squaredLength(x));
      const converged = left <= rule.tolerance * wanted || (cycle > 0 && left <= rounding);
      const isStuck = singular || iterations >= rule.iterations || cycle > RESTARTS || !(left < 0.5 * before);
      if (converged || isStuck) return { iterations, residual: ratio(left, wanted), converged, singular };
      before = left;
      let rho = left * left;
      q.set(z);
      while (iterations < rule.iterations && Math.sqrt(rho) > rule.tolerance * wanted) {
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

/** Products with a matrix J of `rows` outputs and `columns` parameters, and the metric H on its outputs. */
export interface LeastSquaresProducts {
  /** Writes Jᵀ c. */
  pull(c: Float64Array, into: Float64Array): void;
  /** Writes J v. */
  push(v: Float64Array, into: Float64Array): void;
  /** Writes H u, symmetric positive semidefinite. */
  weigh(u: Float64Array, into: Float64Array): void;
}

/**
 * Solves (Jᵀ H J + λ) δ = Jᵀ γ for δ = Jᵀ c. As δ never leaves the row space of J, it is the solution of minimum norm
 * also where there are many, whatever the first guess of c; the residual is Jᵀ applied to γ − H J δ − λ c, without the
 * error that a recurrence in the parameters gathers.
 */
export class LeastSquares {
  /** δ, [columns]. */
  readonly delta: Float64Array;
  private readonly p: Float64Array;
  private readonly s: Float64Array;
  private readonly r: Float64Array;
  private readonly q: Float64Array;
  private readonly u: Float64Array;
  private readonly hu: Float64Array;
  private readonly spectrum: Spectrum;

  constructor(
    rows: number,
    columns: number,
    private readonly rule: StoppingRule,
  ) {
    [this.delta, this.p, this.s] = [0, 1, 2].map(() => new Float64Array(columns));
    [this.r, this.q, this.u, this.hu] = [0, 1, 2, 3].map(() => new Float64Array(rows));
    this.spectrum = new Spectrum(rule.iterations);
  }

  /** Of Jᵀ H J + λ on the directions that count, as the last solution from c = 0 saw it. */
  condition(): number | null {
    return this.spectrum.condition();
  }

  /**
   * @param gamma in units in which the largest entry of H is about 1, as must be λ
   * @param c the first guess, and then the solution; without damping begin from 0: what Jᵀ maps to nothing would gather in it
   */
  solve(products: LeastSquaresProducts, gamma: Float64Array, damping: number, c: Float64Array): IterativeOutcome {
    const { delta, p, s, r, q, u, hu, rule, spectrum } = this;
    spectrum.clear();
    products.pull(gamma, s);
    const wanted = length(s);
    let iterations = 0;
    let singular = false;
    let before = Number.POSITIVE_INFINITY;
    for (let cycle = 0; ; cycle++) {
      if (cycle === 0) products.pull(c, delta);
      products.push(delta, u);
      products.weigh(u, hu);
      for (let i = 0; i < r.length; i++) r[i] = gamma[i] - hu[i] - damping * c[i];
      products.pull(r, s);
      const left = length(s);
      const size = spectrum.largest;
      const rounding = ROUNDING * (Math.sqrt(size) * (length(r) + damping * length(c)) + size * length(delta));
      const converged = left <= rule.tolerance * wanted || (cycle > 0 && left <= rounding);
      const isStuck = singular || iterations >= rule.iterations || cycle > RESTARTS || !(left < 0.5 * before);
      if (converged || isStuck) return { iterations, residual: ratio(left, wanted), converged, singular };
      before = left;
      let rho = left * left;
      p.set(s);
      q.set(r);
      while (iterations < rule.iterations && Math.sqrt(rho) > rule.tolerance * wanted) {
        products.push(p, u);
        products.weigh(u, hu);
        const along = dot(p, p);
        const curvature = dot(u, hu) + damping * along;
        singular = spectrum.isNull(curvature, along);
        if (singular) break;
        const alpha = rho / curvature;
        for (let k = 0; k < p.length; k++) delta[k] += alpha * p[k];
        for (let i = 0; i < r.length; i++) {
          c[i] += alpha * q[i];
          r[i] -= alpha * (hu[i] + damping * q[i]);
        }
        products.pull(r, s);
        const next = dot(s, s);
        const beta = next / rho;
        if (cycle === 0) spectrum.add(alpha, beta);
        for (let k = 0; k < p.length; k++) p[k] = s[k] + beta * p[k];
        for (let i = 0; i < r.length; i++) q[i] = r[i] + beta * q[i];
        rho = next;
        iterations++;
      }
    }
  }
}

function length(a: Float64Array): number {
  return Math.sqrt(dot(a, a));
}

/** Nothing left of nothing wanted is 0. */
function ratio(left: number, wanted: number): number {
  return left === 0 ? 0 : left / wanted;
}
