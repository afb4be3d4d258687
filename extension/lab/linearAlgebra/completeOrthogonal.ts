/**
 * Minimum-norm least squares for matrices of any shape and rank, by a complete orthogonal decomposition A = L B Rᵀ with
 * orthonormal columns in L and R and triangular B: two QR factorizations, the first with column pivoting (Golub and Van
 * Loan, Matrix Computations, 5.5). It is backward stable: accuracy depends on the condition number of A, not on its
 * square as for A Aᵀ and Aᵀ A.
 */
import { extremeEigenvalues } from './condition.ts';
import { transpose } from './dense.ts';
import { applyQ, applyQTransposed, type Columns, factorQr, type PivotedQr } from './householder.ts';
import { singularValuesOf } from './svd/svd.ts';
import { multiplyUpper, multiplyUpperTransposed, solveUpper, solveUpperTransposed } from './triangular.ts';

/** If a diagonal entry of R is within this factor of the cutoff, the rank is determined by the singular values of R. */
const DOUBTFUL = 1e4;
/** Steps of Lanczos' method for the condition number. */
const LANCZOS_STEPS = 30;

/** The relative cutoff below which singular values count as zero, as in `lstsq` and `pinv`. */
export function rankCutoff(rows: number, columns: number): number {
  return Math.max(rows, columns) * Number.EPSILON;
}

export class CompleteOrthogonal {
  /** The numerical rank: how many singular values are above `cutoff` times the largest. */
  readonly rank: number;
  private readonly isFinite: boolean;
  /** A has more columns than rows: its transpose is factored. */
  private readonly isWide: boolean;
  private readonly outer: PivotedQr;
  /** Of the first `rank` rows of R, transposed; null for full rank. */
  private readonly inner: PivotedQr | null;
  /** B, or Bᵀ where {@link isCoreTransposed}: upper triangular, row-major [rank, rank]. */
  private readonly core: Float64Array;
  private readonly isCoreTransposed: boolean;

  /**
   * @param a row-major [rows, columns]
   * @param cutoff relative; {@link rankCutoff} unless given
   */
  constructor(
    a: Float64Array,
    readonly rows: number,
    readonly columns: number,
    cutoff = rankCutoff(rows, columns),
  ) {
    this.isWide = rows < columns;
    this.isFinite = a.every(Number.isFinite);
    const tall: Columns = this.isWide
      ? { values: a.slice(), rows: columns, count: rows }
      : { values: transpose(a, rows, columns), rows, count: columns };
    if (!this.isFinite) tall.values.fill(0);
    this.outer = factorQr(tall, true);
    const rank = rankOf(this.outer, cutoff);
    this.rank = rank;
    this.inner = rank < tall.count ? factorQr(firstRows(this.outer, rank), false) : null;
    this.core = triangle(this.inner ?? this.outer, rank);
    this.isCoreTransposed = (this.inner !== null) !== this.isWide;
  }

  /** A⁺ b, [columns]: the minimum-norm minimizer of ‖A x − b‖. */
  solve(b: Float64Array): Float64Array {
    return this.fromRight(this.solveCore(this.alongLeft(b), false));
  }

  /** (Aᵀ)⁺ g, [rows]. */
  solveTransposed(g: Float64Array): Float64Array {
    return this.fromLeft(this.solveCore(this.alongRight(g), true));
  }

  /** The part of b in the range of A, [rows]. */
  project(b: Float64Array): Float64Array {
    return this.fromLeft(this.alongLeft(b));
  }

  /** The ratio of the extreme diagonal entries of R: a free estimate of the condition number. */
  get span(): number {
    const { values, rows } = this.outer.columns;
    const last = this.rank - 1;
    return last < 0 ? 1 : Math.abs(values[0] / values[last * rows + last]);
  }

  /**
   * The minimizer of ‖A x − b‖² + λ ‖x‖².
   * @param damping λ, above 0
   */
  solveDamped(b: Float64Array, damping: number): Float64Array {
    const damped = this.dampedCore(damping);
    const rhs = new Float64Array(2 * this.rank);
    rhs.set(this.alongLeft(b));
    applyQTransposed(damped, rhs, this.rank);
    return this.fromRight(solveUpper(triangle(damped, this.rank), rhs.subarray(0, this.rank)));
  }

  /**
   * (Aᵀ A + λ)⁺ g for a g that may lie outside the range of Aᵀ: the part outside is divided by λ, or dropped if λ is 0.
   * @param g [columns]
   */
  solveNormal(g: Float64Array, damping: number): Float64Array {
    if (damping === 0) return this.solve(this.solveTransposed(g));
    const along = this.alongRight(g);
    const r = triangle(this.dampedCore(damping), this.rank);
    const x = this.fromRight(solveUpper(r, solveUpperTransposed(r, along)));
    const seen = this.fromRight(along);
    for (let k = 0; k < x.length; k++) x[k] += (g[k] - seen[k]) / damping;
    return x;
  }

  /** The largest and the smallest retained singular value; null for rank 0 or non-finite numbers. */
  extremes(): { largest: number; least: number } | null {
    const { rank } = this;
    if (rank === 0 || !this.isFinite) return null;
    const direct = extremeEigenvalues(rank, LANCZOS_STEPS, (x, into) =>
      into.set(this.multiplyCore(this.multiplyCore(x, false), true)),
    );
    const inverse = extremeEigenvalues(rank, LANCZOS_STEPS, (x, into) =>
      into.set(this.solveCore(this.solveCore(x, true), false)),
    );
    return direct && inverse && { largest: Math.sqrt(direct.largest), least: 1 / Math.sqrt(inverse.largest) };
  }

  /**
   * Number of diagonal entries of R above a fraction of the first: the rank for a higher cutoff than that of {@link
   * rank}.
   */
  rankAbove(cutoff: number): number {
    return Math.min(this.rank, diagonalAbove(this.outer, cutoff));
  }

  /** Lᵀ b, [rank]. */
  private alongLeft(b: Float64Array): Float64Array {
    return this.isWide ? this.alongInner(b) : this.alongOuter(b);
  }

  /** L y, [rows]. */
  private fromLeft(y: Float64Array): Float64Array {
    return this.isWide ? this.fromInner(y) : this.fromOuter(y);
  }

  /** Rᵀ g, [rank]. */
  private alongRight(g: Float64Array): Float64Array {
    return this.isWide ? this.alongOuter(g) : this.alongInner(g);
  }

  /** R y, [columns]. */
  private fromRight(y: Float64Array): Float64Array {
    return this.isWide ? this.fromOuter(y) : this.fromInner(y);
  }

  private alongOuter(b: Float64Array): Float64Array {
    const x = this.isFinite ? b.slice() : new Float64Array(b.length).fill(Number.NaN);
    applyQTransposed(this.outer, x, this.rank);
    return x.slice(0, this.rank);
  }

  private fromOuter(y: Float64Array): Float64Array {
    const x = new Float64Array(this.outer.columns.rows);
    if (!this.isFinite) return x.fill(Number.NaN);
    x.set(y);
    applyQ(this.outer, x, this.rank);
    return x;
  }

  private alongInner(b: Float64Array): Float64Array {
    const x = Float64Array.from(this.outer.order, (column) => (this.isFinite ? b[column] : Number.NaN));
    if (this.inner) applyQTransposed(this.inner, x, this.rank);
    return x.slice(0, this.rank);
  }

  private fromInner(y: Float64Array): Float64Array {
    const { order, columns } = this.outer;
    const ordered = new Float64Array(columns.count);
    if (!this.isFinite) return ordered.fill(Number.NaN);
    ordered.set(y);
    if (this.inner) applyQ(this.inner, ordered, this.rank);
    const x = new Float64Array(columns.count);
    order.forEach((column, k) => {
      x[column] = ordered[k];
    });
    return x;
  }

  /** B⁻¹ y, or B⁻ᵀ y. */
  private solveCore(y: Float64Array, transposed: boolean): Float64Array {
    return transposed === this.isCoreTransposed ? solveUpper(this.core, y) : solveUpperTransposed(this.core, y);
  }

  /** B y, or Bᵀ y. */
  private multiplyCore(y: Float64Array, transposed: boolean): Float64Array {
    return transposed === this.isCoreTransposed ? multiplyUpper(this.core, y) : multiplyUpperTransposed(this.core, y);
  }

  /** The QR factorization of B with √λ I below it. */
  private dampedCore(damping: number): PivotedQr {
    const { rank, core } = this;
    const values = new Float64Array(2 * rank * rank);
    for (let k = 0; k < rank; k++) {
      for (let i = 0; i < rank; i++) {
        values[2 * rank * k + i] = this.isCoreTransposed ? core[k * rank + i] : core[i * rank + k];
      }
      values[2 * rank * k + rank + k] = Math.sqrt(damping);
    }
    return factorQr({ values, rows: 2 * rank, count: rank }, false);
  }
}

/** Determined by the diagonal of R if it is unambiguous, otherwise by the singular values of R. */
function rankOf(qr: PivotedQr, cutoff: number): number {
  const rank = diagonalAbove(qr, cutoff);
  if (diagonalAbove(qr, cutoff / DOUBTFUL) === diagonalAbove(qr, cutoff * DOUBTFUL)) return rank;
  const { count } = qr.columns;
  const values = singularValuesOf(triangle(qr, count), count, count);
  return values.filter((value) => value > cutoff * values[0]).length;
}

/** Number of diagonal entries of R above a fraction of the first. */
function diagonalAbove({ columns: { values, rows, count } }: PivotedQr, share: number): number {
  const least = share * Math.abs(values[0]);
  let above = 0;
  for (let k = 0; k < count; k++) if (Math.abs(values[k * rows + k]) > least) above++;
  return above;
}

/** The first rows of R, transposed: [count, rank], column by column. */
function firstRows({ columns }: PivotedQr, rank: number): Columns {
  const { values, rows, count } = columns;
  const result = new Float64Array(count * rank);
  for (let j = 0; j < count; j++) {
    for (let i = 0; i < Math.min(rank, j + 1); i++) result[i * count + j] = values[j * rows + i];
  }
  return { values: result, rows: count, count: rank };
}

/** The leading triangle of R, row-major. */
function triangle({ columns }: PivotedQr, size: number): Float64Array {
  const result = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    for (let i = 0; i <= j; i++) result[i * size + j] = columns.values[j * columns.rows + i];
  }
  return result;
}
