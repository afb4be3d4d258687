/** Householder reflections on matrices that are stored column by column. */

/** Columns of length `rows`, concatenated. */
export interface Columns {
  readonly values: Float64Array;
  readonly rows: number;
  readonly count: number;
}

/** A QR factorization A P = Q R: R in the upper triangle, the reflections' vectors below it. */
export interface PivotedQr {
  readonly columns: Columns;
  /** Scalars of the reflections I − τ v vᵀ, v_k = 1. */
  readonly tau: Float64Array;
  /** Column k of A P is column `order[k]` of A. */
  readonly order: Int32Array;
}

/** Norms are recomputed if the downdated ones have lost half of their digits (LAPACK Working Note 176). */
const LOST = Math.sqrt(Number.EPSILON);

/**
 * Factors in place, the column with the largest remaining norm first (Businger and Golub 1965).
 * @param pivots false to keep the order of the columns
 */
export function factorQr(columns: Columns, pivots: boolean): PivotedQr {
  const { values, rows, count } = columns;
  const steps = Math.min(rows, count);
  const tau = new Float64Array(steps);
  const order = Int32Array.from({ length: count }, (_, k) => k);
  const left = Float64Array.from({ length: count }, (_, k) => lengthFrom(columns, k, 0));
  const known = left.slice();
  for (let k = 0; k < steps; k++) {
    if (pivots) {
      let longest = k;
      for (let j = k + 1; j < count; j++) if (left[j] > left[longest]) longest = j;
      if (longest !== k) swap(columns, order, left, known, k, longest);
    }
    tau[k] = reflect(values, k * rows + k, rows - k);
    for (let j = k + 1; j < count; j++) {
      applyReflection(values, k * rows + k, rows - k, tau[k], values, j * rows + k);
      if (pivots) downdate(columns, left, known, j, k);
    }
  }
  return { columns, tau, order };
}

/** Qᵀ b in place of b; of the first `size` reflections. */
export function applyQTransposed({ columns, tau }: PivotedQr, b: Float64Array, size: number): void {
  const { values, rows } = columns;
  for (let k = 0; k < size; k++) applyReflection(values, k * rows + k, rows - k, tau[k], b, k);
}

/** Q b in place of b. */
export function applyQ({ columns, tau }: PivotedQr, b: Float64Array, size: number): void {
  const { values, rows } = columns;
  for (let k = size - 1; k >= 0; k--) applyReflection(values, k * rows + k, rows - k, tau[k], b, k);
}

/** Replaces x by (β, v_2 …) with (I − τ v vᵀ) x = β e_1; returns τ. Scaled to avoid overflow and underflow. */
function reflect(values: Float64Array, at: number, length: number): number {
  let largest = 0;
  for (let i = 1; i < length; i++) largest = Math.max(largest, Math.abs(values[at + i]));
  if (largest === 0) return 0;
  const first = values[at];
  largest = Math.max(largest, Math.abs(first));
  let sum = 0;
  for (let i = 0; i < length; i++) sum += (values[at + i] / largest) ** 2;
  const norm = largest * Math.sqrt(sum);
  const beta = first > 0 ? -norm : norm;
  const scale = first - beta;
  for (let i = 1; i < length; i++) values[at + i] /= scale;
  values[at] = beta;
  return (beta - first) / beta;
}

/** b ← (I − τ v vᵀ) b, where v_1 = 1 is not stored. */
function applyReflection(
  v: Float64Array,
  from: number,
  length: number,
  tau: number,
  b: Float64Array,
  at: number,
): void {
  if (tau === 0) return;
  let sum = b[at];
  for (let i = 1; i < length; i++) sum += v[from + i] * b[at + i];
  const factor = tau * sum;
  b[at] -= factor;
  for (let i = 1; i < length; i++) b[at + i] -= factor * v[from + i];
}

/** Updates the norm of column j below row k. */
function downdate(columns: Columns, left: Float64Array, known: Float64Array, j: number, k: number): void {
  if (left[j] === 0) return;
  const share = Math.abs(columns.values[j * columns.rows + k]) / left[j];
  const rest = Math.max(0, (1 - share) * (1 + share));
  if (rest * (left[j] / known[j]) ** 2 <= LOST) {
    left[j] = lengthFrom(columns, j, k + 1);
    known[j] = left[j];
  } else left[j] *= Math.sqrt(rest);
}

function lengthFrom({ values, rows }: Columns, column: number, row: number): number {
  const [begin, end] = [column * rows + row, (column + 1) * rows];
  let largest = 0;
  for (let i = begin; i < end; i++) largest = Math.max(largest, Math.abs(values[i]));
  if (!(largest > 0)) return largest;
  let sum = 0;
  for (let i = begin; i < end; i++) sum += (values[i] / largest) ** 2;
  return largest * Math.sqrt(sum);
}

function swap(
  { values, rows }: Columns,
  order: Int32Array,
  left: Float64Array,
  known: Float64Array,
  a: number,
  b: number,
): void {
  const column = values.slice(a * rows, (a + 1) * rows);
  values.copyWithin(a * rows, b * rows, (b + 1) * rows);
  values.set(column, b * rows);
  for (const list of [order, left, known]) [list[a], list[b]] = [list[b], list[a]];
}
