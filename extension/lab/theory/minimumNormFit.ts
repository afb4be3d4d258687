import { minimumNorm } from '../linearAlgebra/minimumNorm.ts';

/**
 * X⁺y: the minimum-L2-norm solution of the least-squares problem X w = y (Penrose 1955). Gradient descent from 0 on the
 * square loss of a linear model converges to it; for n ≤ d it is also the direction of natural gradient descent from 0
 * on the logistic loss, which keeps all margins equal.
 * @param x inputs, row-major [n, d]
 * @param y targets, [n]
 * @returns w, [d]
 */
export function minimumNormFit(x: Float64Array, n: number, d: number, y: Float64Array): Float64Array {
  return minimumNorm(x, n, d, y).w;
}
