/**
 * Projection of a point onto a polyhedron: the dual active-set method for strictly convex quadratic programs (Goldfarb
 * and Idnani 1983), with the identity as its Hessian.
 */
import { GrowingQr } from './growingQr.ts';
import { addScaled, dot } from './vectors.ts';

/** Violations below this fraction of the subtracted terms count as rounding. */
const ROUNDING = 1e-13;

export interface LeastDistance {
  /** The nearest point: center + Σ_i multipliers_i · row_i. */
  point: Float64Array;
  /** At least 0, one for each row; above 0 on active rows only. */
  multipliers: Float64Array;
}

/**
 * min ½‖w − center‖² subject to rows_i·w ≥ bounds_i.
 * @param rows the constraints' normals, each of the center's length
 * @returns null if no point satisfies all constraints
 * @throws Error if it does not terminate due to rounding
 */
export function leastDistance(
  rows: readonly Float64Array[],
  bounds: Float64Array,
  center: Float64Array,
): LeastDistance | null {
  const lengths = rows.map((row) => Math.sqrt(dot(row, row)));
  const from = Math.sqrt(dot(center, center));
  const point = center.slice();
  const qr = new GrowingQr(center.length);
  const active: number[] = [];
  let u: number[] = [];
  /** Rows whose violation at the current point is only due to rounding. */
  const settled = new Set<number>();

  // Each round increases the dual objective, so that no active set repeats; only rounding could cause an infinite loop.
  const most = 50 * (rows.length + center.length) + 100;
  for (let round = 0; round < most; round++) {
    const size = from + Math.sqrt(dot(point, point));
    const chosen = mostViolated(rows, bounds, point, lengths, size, settled);
    if (chosen < 0) return finish(rows, bounds, center, active, qr, u);
    const normal = rows[chosen];
    let pressure = 0;
    for (;;) {
      const { along, rest, isIndependent } = qr.split(normal);
      const against = qr.solveUpper(along);
      // Step lengths until another multiplier becomes negative, and until the constraint holds.
      let blocking = -1;
      let dualStep = Number.POSITIVE_INFINITY;
      against.forEach((r, k) => {
        if (r > 1e-14 * lengths[chosen] && u[k] / r < dualStep) [blocking, dualStep] = [k, u[k] / r];
      });
      const short = bounds[chosen] - dot(normal, point);
      const fullStep = isIndependent ? Math.max(0, short) / dot(rest, rest) : Number.POSITIVE_INFINITY;
      const step = Math.min(dualStep, fullStep);
      if (step === Number.POSITIVE_INFINITY) {
        if (short > 1e-9 * (Math.abs(bounds[chosen]) + lengths[chosen] * size)) return null;
        settled.add(chosen);
        break;
      }
      if (isIndependent) addScaled(point, step, rest);
      u = u.map((value, k) => Math.max(0, value - step * against[k]));
      pressure += step;
      if (fullStep <= dualStep) {
        qr.append(normal);
        active.push(chosen);
        u.push(pressure);
        settled.clear();
        break;
      }
      qr.remove(blocking);
      active.splice(blocking, 1);
      u.splice(blocking, 1);
    }
  }
  throw new Error(`the nearest point was not found in ${most} rounds`);
}

/** The most violated row, or −1 if all hold. */
function mostViolated(
  rows: readonly Float64Array[],
  bounds: Float64Array,
  point: Float64Array,
  lengths: readonly number[],
  size: number,
  settled: ReadonlySet<number>,
): number {
  let chosen = -1;
  let furthest = 0;
  rows.forEach((row, i) => {
    if (lengths[i] === 0 ? !(bounds[i] > 0) : settled.has(i)) return;
    const short = bounds[i] - dot(row, point);
    if (!(short > ROUNDING * row.length * (Math.abs(bounds[i]) + lengths[i] * size))) return;
    const distance = short / lengths[i];
    if (distance > furthest) [chosen, furthest] = [i, distance];
  });
  return chosen;
}

/** Recomputes the point and the multipliers from the active rows, without accumulated rounding errors. */
function finish(
  rows: readonly Float64Array[],
  bounds: Float64Array,
  center: Float64Array,
  active: readonly number[],
  qr: GrowingQr,
  u: readonly number[],
): LeastDistance {
  const missing = Float64Array.from(active, (i) => bounds[i] - dot(rows[i], center));
  const along = qr.solveUpperTransposed(missing);
  const exact = qr.solveUpper(along);
  const point = center.slice();
  addScaled(point, 1, qr.combine(along));
  const multipliers = new Float64Array(rows.length);
  active.forEach((i, k) => {
    multipliers[i] = Number.isFinite(exact[k]) ? Math.max(0, exact[k]) : u[k];
  });
  return { point, multipliers };
}

/**
 * min ‖Σ_i u_i columns_i − target‖ over u ≥ 0 (non-negative least squares; Lawson and Hanson 1974): the residual is the
 * point nearest to the target whose products with all columns are at most 0.
 * @returns u and the residual target − Σ_i u_i columns_i
 */
export function nonNegativeLeastSquares(
  columns: readonly Float64Array[],
  target: Float64Array,
): { u: Float64Array; residual: Float64Array } {
  const against = columns.map((column) => column.map((value) => -value));
  const nearest = leastDistance(against, new Float64Array(columns.length), target);
  // The origin satisfies all constraints.
  if (!nearest) throw new Error('non-negative least squares always have a solution');
  return { u: nearest.multipliers, residual: nearest.point };
}
