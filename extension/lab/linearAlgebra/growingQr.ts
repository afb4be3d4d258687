/** A thin QR factorization with column insertion and deletion, for active-set methods. */
import { addScaled, dot } from './vectors.ts';

/** Columns whose component orthogonal to the others is below this fraction of their norm count as dependent. */
const SMALLEST_PART = 1e-11;

export class GrowingQr {
  /** The orthonormal columns of Q. */
  private readonly q: Float64Array[] = [];
  /** The columns of R, each down to its diagonal. */
  private readonly r: Float64Array[] = [];

  /** @param dimension length of the columns */
  constructor(readonly dimension: number) {}

  /** Number of columns. */
  get size(): number {
    return this.q.length;
  }

  /**
   * Splits a vector into the span of the columns and the rest.
   * @returns Qᵀ v, v − Q Qᵀ v, and whether the rest exceeds rounding errors
   */
  split(v: Float64Array): { along: Float64Array; rest: Float64Array; isIndependent: boolean } {
    const along = new Float64Array(this.size);
    const rest = v.slice();
    const before = Math.sqrt(dot(v, v));
    // Twice: after the second pass the rest is orthogonal to rounding (Giraud et al. 2005).
    for (let pass = 0; pass < 2; pass++) {
      this.q.forEach((direction, k) => {
        const share = dot(direction, rest);
        along[k] += share;
        addScaled(rest, -share, direction);
      });
    }
    const isIndependent = this.size < this.dimension && Math.sqrt(dot(rest, rest)) > SMALLEST_PART * before;
    return { along, rest, isIndependent };
  }

  /** Appends a column unless it depends on the others. @returns whether it was appended */
  append(v: Float64Array): boolean {
    const { along, rest, isIndependent } = this.split(v);
    if (!isIndependent) return false;
    const length = Math.sqrt(dot(rest, rest));
    for (let i = 0; i < rest.length; i++) rest[i] /= length;
    this.q.push(rest);
    const column = new Float64Array(along.length + 1);
    column.set(along);
    column[along.length] = length;
    this.r.push(column);
    return true;
  }

  /** Removes column `at`; Givens rotations restore the triangular form of R. */
  remove(at: number): void {
    const { q, r } = this;
    r.splice(at, 1);
    for (let k = at; k < r.length; k++) {
      const [a, b] = [r[k][k], r[k][k + 1]];
      const length = Math.hypot(a, b);
      const [c, s] = [a / length, b / length];
      for (let column = k; column < r.length; column++) {
        const values = r[column];
        const [above, below] = [values[k], values[k + 1]];
        values[k] = c * above + s * below;
        values[k + 1] = c * below - s * above;
      }
      r[k] = r[k].slice(0, k + 1);
      const [first, second] = [q[k], q[k + 1]];
      for (let i = 0; i < this.dimension; i++) {
        const [x, y] = [first[i], second[i]];
        first[i] = c * x + s * y;
        second[i] = c * y - s * x;
      }
    }
    q.pop();
  }

  /** R⁻¹ b. */
  solveUpper(b: Float64Array): Float64Array {
    const x = b.slice();
    for (let k = x.length - 1; k >= 0; k--) {
      x[k] /= this.r[k][k];
      for (let i = 0; i < k; i++) x[i] -= this.r[k][i] * x[k];
    }
    return x;
  }

  /** R⁻ᵀ b. */
  solveUpperTransposed(b: Float64Array): Float64Array {
    const x = b.slice();
    for (let k = 0; k < x.length; k++) {
      for (let i = 0; i < k; i++) x[k] -= this.r[k][i] * x[i];
      x[k] /= this.r[k][k];
    }
    return x;
  }

  /** Q c. */
  combine(c: Float64Array): Float64Array {
    const v = new Float64Array(this.dimension);
    this.q.forEach((direction, k) => {
      addScaled(v, c[k], direction);
    });
    return v;
  }
}
