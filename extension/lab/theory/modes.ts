import { DORMAND_PRINCE } from '../training/flow/dormandPrince.ts';
import { ExplicitRungeKutta } from '../training/flow/explicitRungeKutta.ts';

/**
 * The strength of one mode (a singular value that converges to s) of a product of `depth` balanced matrices under
 * gradient flow on ½‖W − Σ‖²_F: da/dt = depth · |a|^{2 − 2/depth} (s − a) (Saxe, McClelland and Ganguli 2014; Arora et
 * al. 2019). For the mean over mn entries the flow is mn times slower.
 * @param a0 initial strength; with strength 0 a product of two or more matrices never moves
 * @param s the target's strength
 * @param depth at least 1
 * @param t at least 0; may be Infinity
 */
export function modeCurve(a0: number, s: number, depth: number, t: number): number {
  if (t === 0) return a0;
  if (depth === 1) return s + (a0 - s) * Math.exp(-t);
  if (a0 === 0) return 0;
  if (a0 < 0) return -modeCurve(-a0, -s, depth, t);
  // A strength keeps its sign: it converges to the target, or to 0 if the target has the opposite sign.
  if (t === Number.POSITIVE_INFINITY) return Math.max(s, 0);
  if (depth === 2) {
    if (s === 0) return a0 / (1 + 2 * a0 * t);
    // Both forms are the same function, accurate also for s near 0; each one overflows only in the other's range.
    if (s > 0) return s / (-Math.expm1(-2 * s * t) + (s / a0) * Math.exp(-2 * s * t));
    return (s * Math.exp(2 * s * t)) / (Math.expm1(2 * s * t) + s / a0);
  }
  return deepMode(a0, s, depth, t);
}

/** Relative distance at which a mode counts as converged. */
const ARRIVED = 1e-12;

/**
 * Depth 3 and more: numerical integration of q = a^{−(depth − 2)/depth}, dq/dt = −(depth − 2)(s − a): in this variable
 * the initial plateau is a straight line.
 */
function deepMode(a0: number, s: number, depth: number, t: number): number {
  const power = (depth - 2) / depth;
  const strength = (q: number) => q ** (-1 / power);
  const solver = new ExplicitRungeKutta(
    DORMAND_PRINCE,
    Float64Array.of(a0 ** -power),
    (q, into) => {
      into[0] = -(depth - 2) * (s - strength(q[0]));
    },
    { rtol: 1e-13, atol: 0 },
  );
  while (solver.t < t) {
    if (s > 0 && Math.abs(strength(solver.y[0]) / s - 1) < ARRIVED) return s;
    if (!solver.step(t)) break;
  }
  return strength(solver.y[0]);
}
