/** Columns of a row-major matrix that are rotated in pairs: of a whole sweep, row by row. */
export class RotatedColumns {
  private readonly cosines: Float64Array;
  private readonly sines: Float64Array;

  /** @param n columns */
  constructor(
    private readonly values: Float64Array,
    private readonly n: number,
  ) {
    this.cosines = new Float64Array(n);
    this.sines = new Float64Array(n);
  }

  /** Column i ← c · column i + d · column j, column j ← c · column j − d · column i. */
  rotate(i: number, j: number, c: number, d: number): void {
    const { values, n } = this;
    for (let at = 0; at < values.length; at += n) {
      const x = values[at + i];
      const y = values[at + j];
      values[at + i] = c * x + d * y;
      values[at + j] = c * y - d * x;
    }
  }

  /** Makes the rotation of columns j and j + 1 part of the next sweep. */
  put(j: number, c: number, d: number): void {
    this.cosines[j] = c;
    this.sines[j] = d;
  }

  /** Rotates columns k and k + 1, k + 1 and k + 2, … up to `last`; four rows at a time, for each waits for itself. */
  sweep(k: number, last: number): void {
    const { values, n, cosines, sines } = this;
    let at = 0;
    for (; at + 4 * n <= values.length; at += 4 * n) {
      const [b, c, d] = [at + n, at + 2 * n, at + 3 * n];
      let x0 = values[at + k];
      let x1 = values[b + k];
      let x2 = values[c + k];
      let x3 = values[d + k];
      for (let j = k; j < last; j++) {
        const cosine = cosines[j];
        const sine = sines[j];
        const y0 = values[at + j + 1];
        const y1 = values[b + j + 1];
        const y2 = values[c + j + 1];
        const y3 = values[d + j + 1];
        values[at + j] = cosine * x0 + sine * y0;
        values[b + j] = cosine * x1 + sine * y1;
        values[c + j] = cosine * x2 + sine * y2;
        values[d + j] = cosine * x3 + sine * y3;
        x0 = cosine * y0 - sine * x0;
        x1 = cosine * y1 - sine * x1;
        x2 = cosine * y2 - sine * x2;
        x3 = cosine * y3 - sine * x3;
      }
      values[at + last] = x0;
      values[b + last] = x1;
      values[c + last] = x2;
      values[d + last] = x3;
    }
    for (; at < values.length; at += n) {
      let x = values[at + k];
      for (let j = k; j < last; j++) {
        const y = values[at + j + 1];
        values[at + j] = cosines[j] * x + sines[j] * y;
        x = cosines[j] * y - sines[j] * x;
      }
      values[at + last] = x;
    }
  }

  negate(k: number): void {
    const { values, n } = this;
    for (let at = k; at < values.length; at += n) values[at] = -values[at];
  }

  /** Exchanges columns k and k + 1. */
  swap(k: number): void {
    const { values, n } = this;
    for (let at = k; at < values.length; at += n) [values[at], values[at + 1]] = [values[at + 1], values[at]];
  }
}
