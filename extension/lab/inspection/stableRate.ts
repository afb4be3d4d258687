/** How large the steps of gradient descent may be. */
import { Tridiagonal } from '../linearAlgebra/tridiagonal.ts';
import { addScaled, dot, norm } from '../linearAlgebra/vectors.ts';
import { RandomStream } from '../random.ts';
import { gradientSystem } from '../training/flow/gradientSystem.ts';
import type { Model } from '../training/model.ts';

/** More parameters would take seconds. */
const MOST_PARAMETERS = 20_000;

/** Products with the Hessian at most. */
const MOST_PRODUCTS = 100;

/** Relative change of the eigenvalue at which it is taken as found. */
const ACCURACY = 1e-10;

/**
 * The largest stable rate of gradient descent at θ: 2 / λ, with λ the largest eigenvalue of the Hessian of the training
 * loss. With a larger rate, steps along that eigenvector grow. λ is found by Lanczos' method (Golub and Van Loan, Matrix
 * Computations, 10.1), with all vectors orthogonalized.
 * @param theta all parameters, [p]
 * @returns null if no eigenvalue is positive, or for more than 20 000 parameters
 */
export function largestStableRate(model: Model, theta: Float64Array): number | null {
  const { parameterCount: p } = model;
  const { hessianProduct } = p > MOST_PARAMETERS ? {} : gradientSystem(model);
  if (!hessianProduct) return null;
  const first = new RandomStream(1, 'lanczos').gaussians(p);
  const most = Math.min(p, MOST_PRODUCTS);
  const projected = new Tridiagonal(most);
  const basis = [scaled(first, 1 / norm(first))];
  let largest = Number.NaN;
  for (let k = 0; k < most; k++) {
    const v = basis[k]!;
    const product = new Float64Array(p);
    hessianProduct(theta, v, product);
    const diagonal = dot(product, v);
    // Twice is enough (Parlett).
    for (const one of [...basis, ...basis]) addScaled(product, -dot(product, one), one);
    const length = norm(product);
    projected.add(diagonal, length);
    const before = largest;
    largest = projected.extremes()?.largest ?? Number.NaN;
    const isInvariant = !(length > 1e-13 * Math.abs(largest));
    if (!Number.isFinite(largest) || isInvariant) break;
    if (Math.abs(largest - before) <= ACCURACY * Math.abs(largest)) break;
    basis.push(scaled(product, 1 / length));
  }
  return largest > 0 ? 2 / largest : null;
}

const scaled = (v: Float64Array, factor: number) => v.map((entry) => factor * entry);
