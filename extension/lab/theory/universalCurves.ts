/**
 * The curves that natural gradient flow follows on the training points, whatever the parameterization: Fisher over the
 * training inputs, no damping, and a Jacobian of full row rank along the whole path. They follow from the definition of
 * the flow, df/dt = −(∂ℓ/∂f) / S; compare Kerekes, Mészáros and Huszár 2021.
 */

/**
 * A margin under the logistic loss: dm/dt = 1 + e^{−m}, so m(t) = log((1 + e^{m₀}) eᵗ − 1).
 * @param m0 the margin at the start, any finite number
 * @param t at least 0
 */
export function marginCurve(m0: number, t: number): number {
  if (t === 0) return m0;
  // log(e^{m₀ + t} + (eᵗ − 1)) of two logarithms, neither of which can overflow.
  const grown = m0 + t;
  const gained = t > 1 ? t + Math.log1p(-Math.exp(-t)) : Math.log(Math.expm1(t));
  const [large, small] = grown > gained ? [grown, gained] : [gained, grown];
  return large + Math.log1p(Math.exp(small - large));
}

/**
 * The mean logistic loss at time t from the margins at the start: the mean of log(1 + e^{−m(t)}).
 * @param starts y_i f(x_i) at the start, [n]
 */
export function lossCurve(starts: Float64Array, t: number): number {
  let sum = 0;
  for (const m0 of starts) sum += logisticLoss(marginCurve(m0, t));
  return sum / starts.length;
}

/** log(1 + e^{−m}), exact at both ends. */
function logisticLoss(m: number): number {
  return m > 0 ? Math.log1p(Math.exp(-m)) : Math.log1p(Math.exp(m)) - m;
}

/** What is left of a residual f − y under the square loss: df/dt = −(f − y), so (f₀ − y) e^{−t}. */
export function residualCurve(residual: number, t: number): number {
  return residual * Math.exp(-t);
}

/**
 * The mean square loss ½(f − y)² at time t from the residuals at the start.
 * @param residuals f(x_i) − y_i at the start, [n]
 */
export function squareLossCurve(residuals: Float64Array, t: number): number {
  let sum = 0;
  for (const residual of residuals) sum += 0.5 * residualCurve(residual, t) ** 2;
  return sum / residuals.length;
}
