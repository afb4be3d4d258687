import { nonNegativeLeastSquares } from '../linearAlgebra/leastDistance.ts';
import { dot } from '../linearAlgebra/vectors.ts';

/** A homogeneous model at given parameters. */
export interface MarginPoint {
  /** The gradient ∇m_i of each training margin m_i = y_i f(x_i) with respect to the parameters, [n] of [p]. */
  gradients: readonly Float64Array[];
  /** [p] */
  theta: Float64Array;
  /** m_i, [n]. */
  margins: Float64Array;
}

export interface MarginKKT {
  /** ‖θ − Σ_i λ_i ∇m_i‖ / ‖θ‖: 0 at a KKT point, 1 if no margin increases along θ. */
  residual: number;
  /**
   * Σ_i λ_i ⟨θ, ∇m_i⟩ (1 − m_min / m_i) / ‖θ‖²: the violation of complementary slackness, 0 at a KKT point; NaN unless
   * all margins are positive.
   */
  slackness: number;
  /** λ ≥ 0, [n], that minimize residual² + slackness². (The residual alone does not determine them if n > p.) */
  multipliers: Float64Array;
}

/**
 * How far a homogeneous model is from a KKT point of min ‖θ‖² subject to m_i(θ) ≥ 1, to which gradient flow on the
 * logistic loss converges in direction (Lyu and Li 2020; Ji and Telgarsky 2020). The result is invariant under scaling
 * of θ (the margins of an L-homogeneous model grow with scale^L, and ⟨θ, ∇m_i⟩ = L m_i).
 */
export function marginKKT({ gradients, theta, margins }: MarginPoint): MarginKKT {
  const size = Math.sqrt(dot(theta, theta));
  const least = margins.reduce((smallest, margin) => Math.min(smallest, margin), Number.POSITIVE_INFINITY);
  const isSeparated = least > 0;
  const slacks = gradients.map((gradient, i) =>
    isSeparated ? (dot(theta, gradient) / size) * (1 - least / margins[i]) : 0,
  );
  // The slack of each example is appended to its gradient, with a target of 0.
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
