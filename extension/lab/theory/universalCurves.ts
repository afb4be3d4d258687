/**
 * The curves of natural gradient flow on the training points, which do not depend on the parameterization: train
 * Fisher, no damping, and a Jacobian of full row rank along the whole path. They follow from the definition of the
 * flow, df/dt = −(∂ℓ/∂f) / S; compare Kerekes, Mészáros and Huszár 2021.
 */

/**
 * A margin under the logistic loss: dm/dt = 1 + e^{−m}, so m(t) = log((1 + e^{m₀}) eᵗ − 1).
 * @param m0 the initial margin, any finite number
 * @param t at least 0
 */
export function marginCurve(m0: number, t: number): number {
  if (t === 0) return m0;
  // log(e^{m₀ + t} + (eᵗ − 1)) computed from two logarithms, neither of which can overflow.
  const grown = m0 + t;
  const gained = t > 1 ? t + Math.log1p(-Math.exp(-t)) : Math.log(Math.expm1(t));
  const [large, small] = grown > gained ? [grown, gained] : [gained, grown];
  return large + Math.log1p(Math.exp(small - large));
}

/**
 * The mean logistic loss at time t from the initial margins: the mean of log(1 + e^{−m(t)}).
 * @param starts the initial y_i f(x_i), [n]
 */
export function lossCurve(starts: Float64Array, t: number): number {
  let sum = 0;
  for (const m0 of starts) sum += logisticLoss(marginCurve(m0, t));
  return sum / starts.length;
}

/** log(1 + e^{−m}), accurate for large |m|. */
function logisticLoss(m: number): number {
  return m > 0 ? Math.log1p(Math.exp(-m)) : Math.log1p(Math.exp(m)) - m;
}

/** The decay of a residual f − y under the square loss: df/dt = −(f − y), so (f₀ − y) e^{−t}. */
export function residualCurve(residual: number, t: number): number {
  return residual * Math.exp(-t);
}

/**
 * The mean square loss ½(f − y)² at time t from the initial residuals.
 * @param residuals the initial f(x_i) − y_i, [n]
 */
export function squareLossCurve(residuals: Float64Array, t: number): number {
  let sum = 0;
  for (const residual of residuals) sum += 0.5 * residualCurve(residual, t) ** 2;
  return sum / residuals.length;
}
