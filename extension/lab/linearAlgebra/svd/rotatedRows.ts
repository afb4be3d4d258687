import type { Rows, Workspace } from '../workspace.ts';

/** Rows of a matrix that are rotated in pairs. */
export class RotatedRows {
  private readonly cosines: Rows;
  private readonly sines: Rows;
  private readonly c: Float64Array;
  private readonly d: Float64Array;

  /**
   * Needs room for two more rows in the workspace: {@link rotationsOf}.
   * @param count how many of the rows are rotated, the first ones
   */
  constructor(
    private readonly space: Workspace,
    private readonly rows: Rows,
    count: number,
  ) {
    this.cosines = space.rows(1, count);
    this.sines = space.rows(1, count);
    this.c = space.row(this.cosines, 0);
    this.d = space.row(this.sines, 0);
  }

  /** Row i ← c · row i + d · row j, row j ← c · row j − d · row i. */
  rotate(i: number, j: number, c: number, d: number): void {
    const [a, b] = [this.space.row(this.rows, i), this.space.row(this.rows, j)];
    for (let k = 0; k < a.length; k++) {
      const [x, y] = [a[k], b[k]];
      a[k] = c * x + d * y;
      b[k] = c * y - d * x;
    }
  }

  /** Makes the rotation of rows j and j + 1 part of the next sweep. */
  put(j: number, c: number, d: number): void {
    this.c[j] = c;
    this.d[j] = d;
  }

  /** Rotates rows k and k + 1, k + 1 and k + 2, … up to `last`. */
  sweep(k: number, last: number): void {
    const { space, rows, cosines, sines } = this;
    const rowBytes = 8 * rows.stride;
    const at = rows.at + k * rowBytes;
    space.kernels.sweep(cosines.at + 8 * k, sines.at + 8 * k, at, last - k, rowBytes, rowBytes);
  }

  negate(k: number): void {
    const row = this.space.row(this.rows, k);
    for (let i = 0; i < row.length; i++) row[i] = -row[i];
  }
}

/** The shapes of the rooms of the rotations of so many rows. */
export const rotationsOf = (count: number): (readonly [number, number])[] => [
  [1, count],
  [1, count],
];
