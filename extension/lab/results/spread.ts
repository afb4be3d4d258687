/** Mean and sample standard deviation of one number over seeds. Defines the meaning of `±` everywhere. */

export interface Spread {
  mean: number;
  /** The sample standard deviation √(Σ (x − mean)² / (n − 1)); null for a single value. */
  deviation: number | null;
  min: number;
  max: number;
  /** Number of values. */
  n: number;
}

/** The spread of the finite values; null if there are none. */
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
  // Scale by a power of two, which is exact, so that no square overflows or underflows.
  const unit = size > 0 ? 2 ** Math.min(1023, Math.floor(Math.log2(size))) : 1;
  const sum = finite.reduce((total, value) => total + value / unit, 0);
  // Clamped to [min, max], so that equal values have deviation 0.
  const mean = Math.min(max, Math.max(min, (sum / n) * unit));
  const squares = finite.reduce((total, value) => total + (value / unit - mean / unit) ** 2, 0);
  return { mean, deviation: n > 1 ? Math.sqrt(squares / (n - 1)) * unit : null, min, max, n };
}
