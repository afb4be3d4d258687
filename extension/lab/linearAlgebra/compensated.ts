/** Sums of products as if in twice the precision (Ogita, Rump and Oishi 2005, Dot2). */

/** Splits float64 into two halves of 26 bits (Veltkamp). */
const SPLITTER = 2 ** 27 + 1;

/** Accumulates `start` + Σ ± a_k b_k with compensated rounding errors. */
export class CompensatedSum {
  private sum = 0;
  private lost = 0;

  begin(start: number): void {
    this.sum = start;
    this.lost = 0;
  }

  /** Adds a · b. */
  addProduct(a: number, b: number): void {
    const product = a * b;
    const [wideA, wideB] = [SPLITTER * a, SPLITTER * b];
    const [highA, highB] = [wideA - (wideA - a), wideB - (wideB - b)];
    const [lowA, lowB] = [a - highA, b - highB];
    const productError = lowA * lowB - (product - highA * highB - lowA * highB - highA * lowB);
    const next = this.sum + product;
    const part = next - this.sum;
    this.lost += this.sum - (next - part) + (product - part) + productError;
    this.sum = next;
  }

  get value(): number {
    return this.sum + this.lost;
  }
}
