/** Recognizes diagonal networks, for which the minimum ‖θ‖² of a predictor w is an ℓ_{2/L} quasi-norm of w. */
import { sizeOf } from '../compiler/shape.ts';
import type { PredictorProgram } from '../parameterizations/parameterization.ts';
import { isSameFunction } from './sameFunction.ts';

/** Maximum depth that is recognized. */
const DEEPEST = 8;

/**
 * The depth L ≥ 2 of w = u^L − v^L (L up to 8) or of an entrywise product of L vectors.
 * @returns null for any other parameterization
 */
export function diagonalDepth(program: PredictorProgram): number | null {
  const { predictor, parameters } = program;
  if (predictor === null || parameters.length < 2) return null;
  const size = sizeOf(program.graph.nodes[predictor].shape);
  if (parameters.some(({ shape }) => sizeOf(shape) !== size)) return null;
  if (isSameFunction(program, (theta) => productOf(theta, size))) return parameters.length;
  if (parameters.length > 2) return null;
  for (let depth = 2; depth <= DEEPEST; depth++) if (isSameFunction(program, powerDifference(depth))) return depth;
  return null;
}

/** u^depth − v^depth, of (u, v). */
export function powerDifference(depth: number): (theta: Float64Array) => Float64Array {
  return (theta) => {
    const size = theta.length / 2;
    return theta.subarray(0, size).map((u, i) => u ** depth - theta[size + i] ** depth);
  };
}

/** The entrywise product of concatenated vectors. */
function productOf(theta: Float64Array, size: number): Float64Array {
  const product = new Float64Array(size).fill(1);
  theta.forEach((value, k) => {
    product[k % size] *= value;
  });
  return product;
}
