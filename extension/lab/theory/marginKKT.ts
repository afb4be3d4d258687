import { nonNegativeLeastSquares } from '../linearAlgebra/leastDistance.ts';
import { dot } from '../linearAlgebra/vectors.ts';

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
  /** ‖θ − Σ_i λ_i ∇m_i‖ / ‖θ‖: 0 at a KKT point, 1 where no margin grows along θ. */
  residual: number;
  /**
   * Σ_i λ_i ⟨θ, ∇m_i⟩ (1 − m_min / m_i) / ‖θ‖²: the share of the multipliers' pull that comes from examples of more than
   * the least margin, 0 at a KKT point; NaN where not all margins are positive.
   */
  slackness: number;
  /** λ ≥ 0, [n]: those of the least residual² + slackness². (The residual alone leaves them open where n > p.) */
  multipliers: Float64Array;
}

/**
 * How far a homogeneous model is from a KKT point of min ‖θ‖² subject to m_i(θ) ≥ 1, to whose direction gradient flow
 * on the logistic loss tends (Lyu and Li 2020; Ji and Telgarsky 2020). The numbers stay what they are when θ is scaled
 * (an L-homogeneous model's margins then grow with scale^L, and ⟨θ, ∇m_i⟩ = L m_i).
 */
export function marginKKT({ gradients, theta, margins }: MarginPoint): MarginKKT {
  const size = Math.sqrt(dot(theta, theta));
  const least = Math.min(...margins);
  const isSeparated = least > 0;
  const slacks = gradients.map((gradient, i) =>
    isSeparated ? (dot(theta, gradient) / size) * (1 - least / margins[i]) : 0,
  );
  // The slack of each example is one more entry of its gradient, which no multiplier of the target asks for.
  const extended = (values: Float64Array, last: number) => {
    const longer = new Float64Array(values.length + 1);
    longer.set(values);
    longer[values.length] = last;
    return longer;
  };
  const columns = gradients.map((gradient, i) => extended(gradient, slacks[i]));
  const { u: multipliers, residual } = nonNegativeLeastSquares(columns, extended(theta, 0));
  const left = residual.subarray(0, theta.length);
  return {
    residual: Math.sqrt(dot(left, left)) / size,
    slackness: isSeparated ? Math.abs(residual[theta.length]) / size : Number.NaN,
    multipliers,
  };
}
