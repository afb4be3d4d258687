import { factorCholesky, solveCholesky } from '../linearAlgebra/cholesky.ts';
import { minimumNorm } from '../linearAlgebra/minimumNorm.ts';

/** Relative residual below which the targets count as fitted. */
const FITTED = 1e-13;

/**
 * The limit of gradient flow on the square loss of `u*u - v*v` from u = v = alpha: the minimizer, among all w with X w
 * = y, of the hyperbolic entropy Q(w) = Σ_j ¼ [w_j asinh(w_j / 2α_j²) − √(w_j² + 4α_j⁴) + 2α_j²] (Woodworth et al.
 * 2020).
 *
 * The flow is du/dt = −2u ∂L/∂w, dv/dt = 2v ∂L/∂w, so u = α e^{z/2} and v = α e^{−z/2} with z = −4 ∫ ∂L/∂w dt in the
 * span of the inputs: w = 2α² sinh z with z = Xᵀν, where ν minimizes the convex dual Σ_j 2α_j² cosh z_j − ⟨y, ν⟩. The
 * dual is minimized by a damped Newton method.
 * @param x inputs, row-major [n, d]
 * @param y targets, [n]
 * @param alpha the initialization, above 0: one number, or one per coordinate
 * @returns w, [d]; null if the method does not converge to a fit (there is none, or rounding prevents it)
 */
export function hyperbolicEntropyFit(
  x: Float64Array,
  n: number,
  d: number,
  y: Float64Array,
  alpha: number | Float64Array,
): Float64Array | null {
  const scale = Float64Array.from({ length: d }, (_, j) => 2 * (typeof alpha === 'number' ? alpha : alpha[j]) ** 2);
  const z = new Float64Array(d);
  let w = new Float64Array(d);
  const size = Math.hypot(...y);
  let best = { residual: Number.POSITIVE_INFINITY, w };
  let stalled = 0;
  for (let iteration = 0; iteration < 500; iteration++) {
    const residual = y.map((target, i) => target - rowProduct(x, i, d, w));
    const left = Math.hypot(...residual);
    if (left < 0.5 * best.residual) stalled = 0;
    else stalled++;
    if (left < best.residual) best = { residual: left, w };
    if (left <= FITTED * size || (stalled > 5 && best.residual <= 1e-9 * size)) break;
    const curvature = z.map((value, j) => scale[j] * Math.cosh(value));
    const direction = newtonStep(x, n, d, curvature, residual);
    const change = new Float64Array(d);
    for (let i = 0; i < n; i++) for (let j = 0; j < d; j++) change[j] += x[i * d + j] * direction[i];
    const slope = residual.reduce((sum, value, i) => sum + value * direction[i], 0);
    if (!(slope > 0)) break;
    const step = stepLength(scale, z, change, slope);
    for (let j = 0; j < d; j++) z[j] += step * change[j];
    w = z.map((value, j) => scale[j] * Math.sinh(value));
  }
  return best.residual <= 1e-9 * size ? best.w : null;
}

/** (X diag(curvature) Xᵀ)⁻¹ residual; by least squares if the matrix is numerically singular. */
function newtonStep(
  x: Float64Array,
  n: number,
  d: number,
  curvature: Float64Array,
  residual: Float64Array,
): Float64Array {
  const weighted = new Float64Array(n * d);
  for (let i = 0; i < n; i++) for (let j = 0; j < d; j++) weighted[i * d + j] = x[i * d + j] * Math.sqrt(curvature[j]);
  const hessian = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let k = 0; k <= i; k++) {
      let sum = 0;
      for (let j = 0; j < d; j++) sum += weighted[i * d + j] * weighted[k * d + j];
      hessian[i * n + k] = sum;
      hessian[k * n + i] = sum;
    }
  }
  if (factorCholesky(hessian, n)) {
    const direction = residual.slice();
    solveCholesky(hessian, n, direction);
    return direction;
  }
  // A = weighted rows: (A Aᵀ)⁺ r = (Aᵀ)⁺ (A⁺ r).
  const inner = minimumNorm(weighted, n, d, residual).w;
  const transposed = new Float64Array(n * d);
  for (let i = 0; i < n; i++) for (let j = 0; j < d; j++) transposed[j * n + i] = weighted[i * d + j];
  return minimumNorm(transposed, d, n, inner).w;
}

/**
 * Line search on the dual. If no z_j changes by more than 1, cosh is close to its quadratic model: long steps are first
 * clipped to 2, then halved until the dual satisfies a sufficient decrease condition.
 */
function stepLength(scale: Float64Array, z: Float64Array, change: Float64Array, slope: number): number {
  let furthest = 0;
  for (const value of change) furthest = Math.max(furthest, Math.abs(value));
  let step = Math.min(1, 2 / furthest);
  for (let halving = 0; halving < 60; halving++) {
    // The dual's change is rise − step·slope; cosh(z + h) − cosh z − h sinh z, written to avoid cancellation:
    let rise = 0;
    for (let j = 0; j < z.length; j++) {
      const h = step * change[j];
      const half = Math.sinh(h / 2);
      rise += scale[j] * (2 * half * half * Math.cosh(z[j]) + (Math.sinh(h) - h) * Math.sinh(z[j]));
    }
    if (rise <= (1 - 1e-4) * step * slope) break;
    step /= 2;
  }
  return step;
}

function rowProduct(x: Float64Array, i: number, d: number, w: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < d; j++) sum += x[i * d + j] * w[j];
  return sum;
}
