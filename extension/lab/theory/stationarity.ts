import { minimumNorm } from '../linearAlgebra/minimumNorm.ts';
import { dot } from '../linearAlgebra/vectors.ts';

/** Default threshold: entries above this fraction of the largest belong to the support. */
const SUPPORT = 1e-3;

export interface Stationarity {
  /**
   * ‖u − Jᵀν‖ / ‖u‖ over the support for the optimal ν, with parameters u_j = sign(w_j) |w_j|^{1/depth}: 0 at a
   * stationary point, at most 1. If the support has no more entries than X has rows, every w is stationary on it.
   */
  residual: number;
  /** ν, [n]. */
  multipliers: Float64Array;
  /** Positions of the entries with |w_j| > threshold · max |w|, ascending. */
  support: number[];
  /**
   * The maximum excess of |Xᵀν| over 1 off the support: 0 at a minimizer of the L1 norm. Null unless depth is 2: for
   * larger depth, zero entries are always stationary; for depth 1 the support contains all entries.
   */
  excess: number | null;
  /** ‖X w − y‖ / ‖y‖. */
  misfit: number;
}

/**
 * How far w is from a stationary point of the minimum ℓ_p quasi-norm, p = 2/depth, among all w with X w = y. This
 * quasi-norm is the minimum ‖θ‖² of a diagonal network `u^depth − v^depth` with predictor w (Gunasekar et al. 2018;
 * Woodworth et al. 2020). The condition is that of the minimum ‖u‖² subject to X w(u) = y, u = Jᵀν with (Jᵀν)_j =
 * |u_j|^{depth − 1} (Xᵀν)_j, so that the residual does not depend on the scales of w, X or y.
 *
 * For depth 2 and more it is evaluated only on the support, because entries that converge to 0 are small in w at the
 * end of a run, but not in u. For depth 1 all entries are included.
 * @param x inputs, row-major [n, d]
 * @param threshold the fraction of the largest entry above which an entry belongs to the support (default 1e-3: below
 * the significant entries of w, above the remainder of vanishing entries at a loss of 1e-12)
 */
export function stationarity(
  x: Float64Array,
  n: number,
  d: number,
  y: Float64Array,
  w: Float64Array,
  depth: number,
  threshold = SUPPORT,
): Stationarity {
  const largest = w.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const isIn = (value: number) => depth === 1 || Math.abs(value) > threshold * largest;
  const support = Array.from(w.keys()).filter((j) => isIn(w[j]));
  const u = Float64Array.from(support, (j) => Math.sign(w[j]) * (Math.abs(w[j]) / largest) ** (1 / depth));
  const transposed = new Float64Array(support.length * n);
  support.forEach((j, k) => {
    const slope = Math.abs(u[k]) ** (depth - 1);
    for (let i = 0; i < n; i++) transposed[k * n + i] = slope * x[i * d + j];
  });
  const multipliers = minimumNorm(transposed, support.length, n, u).w;
  let left = 0;
  u.forEach((value, k) => {
    left += (value - dot(transposed.subarray(k * n, (k + 1) * n), multipliers)) ** 2;
  });
  const size = Math.sqrt(dot(u, u));
  return {
    residual: Math.sqrt(left) / size,
    multipliers,
    support,
    excess: depth === 2 ? excessOff(new Set(support), x, n, d, multipliers) : null,
    misfit: misfit(x, n, d, y, w),
  };
}

/** max(0, |Xᵀν|_j − 1) over the entries off the support. */
function excessOff(support: ReadonlySet<number>, x: Float64Array, n: number, d: number, nu: Float64Array): number {
  let most = 0;
  for (let j = 0; j < d; j++) {
    if (support.has(j)) continue;
    let product = 0;
    for (let i = 0; i < n; i++) product += x[i * d + j] * nu[i];
    most = Math.max(most, Math.abs(product) - 1);
  }
  return most;
}

/** ‖X w − y‖ / ‖y‖. */
export function misfit(x: Float64Array, n: number, d: number, y: Float64Array, w: Float64Array): number {
  let left = 0;
  for (let i = 0; i < n; i++) left += (dot(x.subarray(i * d, (i + 1) * d), w) - y[i]) ** 2;
  return Math.sqrt(left) / Math.sqrt(dot(y, y));
}
