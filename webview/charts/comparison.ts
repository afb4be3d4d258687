/** The distance between a predictor and the truth, in a measure that suits the problem. */
export interface Comparison {
  name: 'cosine' | 'RMSE';
  value: number;
}

/** Cosine of the angle between two vectors; NaN if one of them is zero. */
export function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let product = 0;
  let squaresA = 0;
  let squaresB = 0;
  for (let i = 0; i < a.length; i++) {
    product += a[i] * b[i];
    squaresA += a[i] * a[i];
    squaresB += b[i] * b[i];
  }
  return product / Math.sqrt(squaresA * squaresB);
}

/** Root mean square of the differences. */
export function rms(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let squares = 0;
  for (let i = 0; i < a.length; i++) squares += (a[i] - b[i]) ** 2;
  return Math.sqrt(squares / a.length);
}

/** A vector of length 1 in the same direction; zero stays zero. */
export function direction(values: ArrayLike<number>): Float64Array {
  const array = Float64Array.from(values);
  let largest = 0;
  for (const value of array) largest = Math.max(largest, Math.abs(value));
  if (!(largest > 0 && Number.isFinite(largest))) return array;
  // Scaled by the largest entry, so that no square overflows.
  const length = Math.sqrt(array.reduce((sum, value) => sum + (value / largest) ** 2, 0));
  return array.map((value) => value / largest / length);
}

/** The largest absolute value, robust against a few outliers: the given quantile of the absolute values. */
export function magnitude(values: Iterable<number>, quantile = 1): number {
  const sizes = [...values]
    .filter(Number.isFinite)
    .map(Math.abs)
    .sort((a, b) => a - b);
  if (sizes.length === 0) return 1;
  return sizes[Math.min(sizes.length - 1, Math.floor(quantile * sizes.length))] || sizes[sizes.length - 1] || 1;
}
