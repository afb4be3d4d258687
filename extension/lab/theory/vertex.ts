/** The vertex of a linear program, exactly, from the basis that a simplex method ended with. */
import { LuDecomposition, Matrix } from 'ml-matrix';
import type { LinearProgram } from './solver.ts';

/** HiGHS's codes: what is not basic stays at its lower bound (0), its upper bound (2), or at zero (3). */
const BASIC = 1;
const AT_UPPER = 2;
const AT_ZERO = 3;

/** Violations up to this share of the numbers that they are sums of count as rounding. */
const ROUNDING = 1e-9;

/** Which columns and rows are basic, in HiGHS's codes. */
export interface SimplexBasis {
  readonly colStatus: Int32Array;
  readonly rowStatus: Int32Array;
}

/**
 * Solves the constraints that a basis holds active as a linear system, and checks that the result is a feasible point
 * with multipliers of the right signs: by duality that makes it a minimizer.
 * @returns null where the system is singular or a check fails
 */
export function exactVertex(
  program: LinearProgram,
  { colStatus, rowStatus }: SimplexBasis,
): { x: Float64Array; multipliers: Float64Array } | null {
  const { cost, matrix, rowLower, rowUpper, lower, upper } = program;
  const [rows, columns] = [rowLower.length, cost.length];
  const at = (status: number, low: number, high: number) => {
    if (status === AT_ZERO) return 0;
    const bound = status === AT_UPPER ? high : low;
    return Number.isFinite(bound) ? bound : status === AT_UPPER ? low : high;
  };
  const basic = positions(colStatus, (status) => status === BASIC);
  const tight = positions(rowStatus, (status) => status !== BASIC);
  if (basic.length !== tight.length) return null;

  const x = new Float64Array(columns);
  for (let j = 0; j < columns; j++) if (colStatus[j] !== BASIC) x[j] = at(colStatus[j], lower[j], upper[j]);
  const right = tight.map((i) => {
    let value = at(rowStatus[i], rowLower[i], rowUpper[i]);
    for (let j = 0; j < columns; j++) value -= matrix[i * columns + j] * x[j];
    return value;
  });
  const multipliers = new Float64Array(rows);
  if (basic.length > 0) {
    const system = new Matrix(tight.map((i) => basic.map((j) => matrix[i * columns + j])));
    const values = refinedSolve(system, right);
    const slopes = refinedSolve(
      system.transpose(),
      basic.map((j) => cost[j]),
    );
    if (!values || !slopes) return null;
    basic.forEach((j, k) => {
      x[j] = values[k];
    });
    tight.forEach((i, k) => {
      multipliers[i] = slopes[k];
    });
  }
  return isOptimal(program, x, multipliers) ? { x, multipliers } : null;
}

/** Whether x is feasible and the multipliers prove that no feasible point costs less, up to rounding. */
function isOptimal(program: LinearProgram, x: Float64Array, multipliers: Float64Array): boolean {
  const { cost, matrix, rowLower, rowUpper, lower, upper } = program;
  const [rows, columns] = [rowLower.length, cost.length];
  /** A value within its bounds, and a slope that pushes it against the bound where it lies. */
  const holds = (value: number, size: number, low: number, high: number, slope: number, slopeSize: number) => {
    const slack = ROUNDING * (1 + size);
    if (!(value >= low - slack && value <= high + slack)) return false;
    if (Math.abs(slope) <= ROUNDING * slopeSize) return true;
    return slope > 0 ? value <= low + slack : value >= high - slack;
  };
  const reduced = cost.slice();
  const sizes = cost.map(Math.abs);
  const largest = Math.max(...sizes, ...multipliers.map(Math.abs));
  for (let i = 0; i < rows; i++) {
    let [sum, size] = [0, 0];
    for (let j = 0; j < columns; j++) {
      const entry = matrix[i * columns + j];
      sum += entry * x[j];
      size += Math.abs(entry * x[j]);
      reduced[j] -= entry * multipliers[i];
      sizes[j] += Math.abs(entry * multipliers[i]);
    }
    if (!holds(sum, size, rowLower[i], rowUpper[i], multipliers[i], largest)) return false;
  }
  return x.every((value, j) => holds(value, Math.abs(value), lower[j], upper[j], reduced[j], sizes[j]));
}

/** A⁻¹ b by elimination with pivoting and one refinement; null where A is singular. */
function refinedSolve(a: Matrix, b: readonly number[]): number[] | null {
  const lu = new LuDecomposition(a);
  if (lu.isSingular()) return null;
  const x = lu.solve(Matrix.columnVector(b));
  const rest = Matrix.sub(Matrix.columnVector(b), a.mmul(x));
  const refined = x.add(lu.solve(rest)).to1DArray();
  return refined.every(Number.isFinite) ? refined : null;
}

function positions(values: Int32Array, wanted: (value: number) => boolean): number[] {
  return Array.from(values.keys()).filter((i) => wanted(values[i]));
}
