/** Symmetric tridiagonal matrices: the projections of a matrix by Lanczos' method and conjugate gradients. */

export class Tridiagonal {
  /** Rows in use. */
  size = 0;
  private readonly diagonal: Float64Array;
  /** Entry k couples rows k and k + 1. */
  private readonly offDiagonal: Float64Array;

  /** @param most maximum number of rows; later ones are ignored */
  constructor(most: number) {
    this.diagonal = new Float64Array(most);
    this.offDiagonal = new Float64Array(most);
  }

  clear(): void {
    this.size = 0;
  }

  /** Appends a row: its diagonal entry, and the off-diagonal entry shared with the next row. */
  add(diagonal: number, offDiagonal: number): void {
    if (this.size === this.diagonal.length) return;
    this.diagonal[this.size] = diagonal;
    this.offDiagonal[this.size++] = offDiagonal;
  }

  /** The extreme eigenvalues, by bisection to 1e-12 of the largest; null without rows or for non-finite numbers. */
  extremes(): { least: number; largest: number } | null {
    const { size, diagonal, offDiagonal } = this;
    let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let k = 0; k < size; k++) {
      // Bounds by Gershgorin's circles.
      const radius = (k > 0 ? Math.abs(offDiagonal[k - 1]) : 0) + (k < size - 1 ? Math.abs(offDiagonal[k]) : 0);
      low = Math.min(low, diagonal[k] - radius);
      high = Math.max(high, diagonal[k] + radius);
    }
    if (!Number.isFinite(low) || !Number.isFinite(high)) return null;
    return { least: this.eigenvalue(1, low, high), largest: this.eigenvalue(size, low, high) };
  }

  /** The eigenvalue at the given position in ascending order. */
  private eigenvalue(position: number, low: number, high: number): number {
    for (let round = 0; round < 200; round++) {
      const middle = 0.5 * (low + high);
      if (middle <= low || middle >= high) break;
      if (this.countBelow(middle) >= position) high = middle;
      else low = middle;
    }
    return 0.5 * (low + high);
  }

  /** How many eigenvalues lie below x: the negative pivots of T − xI (Sturm). */
  private countBelow(x: number): number {
    let count = 0;
    let pivot = 1;
    for (let k = 0; k < this.size; k++) {
      const coupling = k > 0 ? this.offDiagonal[k - 1] : 0;
      pivot = this.diagonal[k] - x - (k > 0 ? (coupling * coupling) / pivot : 0);
      if (pivot === 0) pivot = 1e-300;
      if (pivot < 0) count++;
    }
    return count;
  }
}
