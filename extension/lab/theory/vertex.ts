/** Computes the vertex of a linear program exactly from the final basis of a simplex method. */
import { LuDecomposition, Matrix } from 'ml-matrix';
import { CompleteOrthogonal } from '../linearAlgebra/completeOrthogonal.ts';
import type { LinearProgram } from './linearProgram.ts';

/** HiGHS's codes: nonbasic variables are at their lower bound (0), their upper bound (2), or at zero (3). */
const BASIC = 1;
const AT_UPPER = 2;
const AT_ZERO = 3;

/** Violations up to this fraction of the summed terms count as rounding. */
const ROUNDING = 1e-9;

/** Multipliers and reduced costs above this fraction of the summed terms count as nonzero. */
const PUSHES = 1e-7;
/** Relative cutoff for singular values of the equations. */
const RANK = 1e-9;

/** Which columns and rows are basic, in HiGHS's codes. */
export interface SimplexBasis {
  readonly colStatus: Int32Array;
  readonly rowStatus: Int32Array;
}

export interface Vertex {
  x: Float64Array;
  /** Of the rows. */
  multipliers: Float64Array;
}

/**
 * Solves the active constraints of a basis as a linear system, and checks that the result is feasible and that the
 * multipliers have the right signs; by duality it is then a minimizer.
 * @returns null if the system is singular or a check fails
 */
export function exactVertex(program: LinearProgram, { colStatus, rowStatus }: SimplexBasis): Vertex | null {
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

/** Whether x is feasible and the multipliers certify its optimality, up to rounding. */
function isOptimal(program: LinearProgram, x: Float64Array, multipliers: Float64Array): boolean {
  const { cost, matrix, rowLower, rowUpper, lower, upper } = program;
  const [rows, columns] = [rowLower.length, cost.length];
  /** Whether a value is within its bounds and its slope has the sign required by the active bound. */
  const holds = (value: number, size: number, low: number, high: number, slope: number, slopeSize: number) => {
    const slack = ROUNDING * (1 + size);
    if (!(value >= low - slack && value <= high + slack)) return false;
    if (Math.abs(slope) <= ROUNDING * slopeSize) return true;
    return slope > 0 ? value <= low + slack : value >= high - slack;
  };
  const reduced = cost.slice();
  const sizes = cost.map(Math.abs);
  const largest = [sizes, multipliers].reduce(
    (most, values) => values.reduce((one: number, value: number) => Math.max(one, Math.abs(value)), most),
    Number.NEGATIVE_INFINITY,
  );
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

/**
 * A program whose feasible set is the set of minimizers of the given one: constraints with nonzero multipliers stay
 * active (complementary slackness).
 * @returns null if there are as many nonzero multipliers as columns, so that the vertex is the unique minimizer
 */
export function optimalFace(program: LinearProgram, { x, multipliers }: Vertex): LinearProgram | null {
  const { cost, matrix, rowLower, rowUpper, lower, upper } = program;
  const [rows, columns] = [rowLower.length, cost.length];
  const face = {
    ...program,
    rowLower: rowLower.slice(),
    rowUpper: rowUpper.slice(),
    lower: lower.slice(),
    upper: upper.slice(),
  };
  const reduced = cost.slice();
  const sizes = cost.map(Math.abs);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      reduced[j] -= matrix[i * columns + j] * multipliers[i];
      sizes[j] += Math.abs(matrix[i * columns + j] * multipliers[i]);
    }
  }
  const largest = multipliers.reduce(
    (a, b) => Math.max(a, Math.abs(b)),
    cost.reduce((a, b) => Math.max(a, Math.abs(b)), 0),
  );
  const pushing: number[] = [];
  for (let i = 0; i < rows; i++) {
    const isEquation = rowLower[i] === rowUpper[i];
    if (!isEquation && Math.abs(multipliers[i]) <= PUSHES * largest) continue;
    pushing.push(i);
    const bound = isEquation || multipliers[i] > 0 ? rowLower[i] : rowUpper[i];
    face.rowLower[i] = bound;
    face.rowUpper[i] = bound;
  }
  const free: number[] = [];
  for (let j = 0; j < columns; j++) {
    if (Math.abs(reduced[j]) > PUSHES * sizes[j]) {
      face.lower[j] = x[j];
      face.upper[j] = x[j];
    } else free.push(j);
  }
  if (free.length === 0) return null;
  // The free variables are determined by the equations among the rows if these are sufficient and independent.
  const equations = new Float64Array(pushing.length * free.length);
  pushing.forEach((i, a) => {
    free.forEach((j, b) => {
      equations[a * free.length + b] = matrix[i * columns + j];
    });
  });
  const isDecided =
    pushing.length >= free.length &&
    new CompleteOrthogonal(equations, pushing.length, free.length, RANK).rank === free.length;
  return isDecided ? null : face;
}

/** A⁻¹ b by LU with pivoting and one step of iterative refinement; null if A is singular. */
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
