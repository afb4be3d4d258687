import { leastDistance } from '../linearAlgebra/leastDistance.ts';
import { dot } from '../linearAlgebra/vectors.ts';
import { signedRows } from './signedRows.ts';

/** Tolerance for margins below 1; classes with a smaller gap cannot be separated in float64. */
const MARGIN_TOLERANCE = 1e-8;

export interface L2Margin {
  /** The weights, [d], scaled to a minimum margin of 1, so that the maximum L2 margin is 1 / ‖w‖. */
  w: Float64Array;
  /** Positions of the support vectors: the examples whose multipliers are above 0, ascending. */
  support: number[];
  /** λ ≥ 0, [n], with w = Σ_i λ_i y_i x_i. */
  multipliers: Float64Array;
}

/**
 * The maximum-L2-margin direction, min ‖w‖ subject to y_i x_i·w ≥ 1 (the hard-margin support vector machine without a
 * bias; Boser, Guyon and Vapnik 1992). Gradient descent on the logistic loss of a linear model converges to it in
 * direction (Soudry et al. 2018). Solved by an exact active-set method.
 * @param x inputs, row-major [n, d]
 * @param y labels ±1, [n]
 * @returns null if the labels are not linearly separable without a bias
 */
export function maxL2Margin(x: Float64Array, n: number, d: number, y: Float64Array): L2Margin | null {
  const rows = signedRows(x, n, d, y);
  const nearest = leastDistance(rows, new Float64Array(n).fill(1), new Float64Array(d));
  if (!nearest) return null;
  const { point: w, multipliers } = nearest;
  if (!rows.every((row) => dot(row, w) >= 1 - MARGIN_TOLERANCE)) return null;
  const support = Array.from(multipliers.keys()).filter((i) => multipliers[i] > 0);
  return { w, support, multipliers };
}
