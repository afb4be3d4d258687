/** Mean and spread of one number over seeds: what `±` means, everywhere. */

export interface Spread {
  mean: number;
  /** The sample standard deviation √(Σ (x − mean)² / (n − 1)); null of a single value, which has none. */
  deviation: number | null;
  min: number;
  max: number;
  /** How many values there are. */
  n: number;
}

/** Of the finite values; null where there is none. */
export function spreadOf(values: Iterable<number | null | undefined>): Spread | null {
  const finite = [...values].filter((value): value is number => Number.isFinite(value));
  const n = finite.length;
  const [first] = finite;
  if (first === undefined) return null;
  let [min, max] = [first, first];
  for (const value of finite) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  const size = Math.max(Math.abs(min), Math.abs(max));
  // In a unit (a power of two, which rounds nothing) in which no square overflows or vanishes.
  const unit = size > 0 ? 2 ** Math.min(1023, Math.floor(Math.log2(size))) : 1;
  const sum = finite.reduce((total, value) => total + value / unit, 0);
  // Within smallest and largest, so that equal values have no deviation at all.
  const mean = Math.min(max, Math.max(min, (sum / n) * unit));
  const squares = finite.reduce((total, value) => total + (value / unit - mean / unit) ** 2, 0);
  return { mean, deviation: n > 1 ? Math.sqrt(squares / (n - 1)) * unit : null, min, max, n };
}
