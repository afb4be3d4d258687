import { minimumNorm } from '../linearAlgebra/minimumNorm.ts';

/**
 * X⁺y: of all w that come closest to X w = y in the least-squares sense, the one of least L2 norm (Penrose 1955).
 * Gradient descent from 0 on the square loss of a linear model tends to it; with n ≤ d it is also the direction of
 * natural gradient descent from 0 on the logistic loss, which keeps all margins equal.
 * @param x inputs, row-major [n, d]
 * @param y targets, [n]
 * @returns w, [d]
 */
export function minimumNormFit(x: Float64Array, n: number, d: number, y: Float64Array): Float64Array {
  return minimumNorm(x, n, d, y).w;
}
