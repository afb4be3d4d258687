import { leastDistance } from '../linearAlgebra/leastDistance.ts';
import { dot } from '../linearAlgebra/vectors.ts';
import { signedRows } from './signedRows.ts';

/** Margins may miss 1 by this much: with less room between the classes float64 cannot tell them apart. */
const MARGIN_TOLERANCE = 1e-8;

export interface L2Margin {
  /** The weights, [d], scaled to a least margin of 1: the largest L2 margin itself is 1 / ‖w‖. */
  w: Float64Array;
  /** Positions of the support vectors: the examples whose multipliers are above 0, ascending. */
  support: number[];
  /** λ ≥ 0, [n], with w = Σ_i λ_i y_i x_i. */
  multipliers: Float64Array;
}

/**
 * The direction of the largest L2 margin, min ‖w‖ subject to y_i x_i·w ≥ 1 (the hard-margin support vector machine
 * without a bias; Boser, Guyon and Vapnik 1992). Gradient descent on the logistic loss of a linear model tends to it
 * (Soudry et al. 2018). Solved by an exact active-set method.
 * @param x inputs, row-major [n, d]
 * @param y labels ±1, [n]
 * @returns null where no linear rule without a bias separates the labels
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
