import { dot } from '../linearAlgebra/growingQr.ts';
import { nonNegativeLeastSquares } from '../linearAlgebra/leastDistance.ts';

/** A homogeneous model at its parameters. */
export interface MarginPoint {
  /** ∇m_i of each training margin m_i = y_i f(x_i) by the parameters, [n] of [p]. */
  gradients: readonly Float64Array[];
  /** [p] */
  theta: Float64Array;
  /** m_i, [n]. */
  margins: Float64Array;
}

export interface MarginKKT {
  /** min over λ ≥ 0 of ‖θ − Σ_i λ_i ∇m_i‖ / ‖θ‖: 0 at a KKT point, 1 where no margin grows along θ. */
  residual: number;
  /**
   * Σ_i λ_i (m_i / m_min − 1) / Σ_i λ_i: 0 where only examples of the least margin have multipliers; NaN where not all
   * margins are positive.
   */
  slackness: number;
  /** λ, [n]. */
  multipliers: Float64Array;
}

/**
 * How far a homogeneous model is from a KKT point of min ‖θ‖² subject to m_i(θ) ≥ 1, to whose direction gradient flow
 * on the logistic loss tends (Lyu and Li 2020; Ji and Telgarsky 2020). Both numbers stay what they are when θ is
 * scaled, as the margins of an L-homogeneous model grow with scale^L.
 */
export function marginKKT({ gradients, theta, margins }: MarginPoint): MarginKKT {
  const { u: multipliers, residual } = nonNegativeLeastSquares(gradients, theta);
  const least = Math.min(...margins);
  let [total, slack] = [0, 0];
  multipliers.forEach((lambda, i) => {
    total += lambda;
    if (lambda > 0) slack += lambda * (margins[i] / least - 1);
  });
  return {
    residual: Math.sqrt(dot(residual, residual) / dot(theta, theta)),
    slackness: !(least > 0) ? Number.NaN : total > 0 ? slack / total : 0,
    multipliers,
  };
}
