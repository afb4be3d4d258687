/**
 * Arithmetic with about 32 decimal digits: a number is the sum of two float64, the second below half a unit in the last
 * place of the first (Dekker 1971; Hida, Li and Bailey 2001). For references alone.
 */
export type DoubleDouble = readonly [high: number, low: number];

export const ZERO: DoubleDouble = [0, 0];

export function add([a, b]: DoubleDouble, [c, d]: DoubleDouble): DoubleDouble {
  const sum = a + c;
  const part = sum - a;
  const error = a - (sum - part) + (c - part) + b + d;
  return quickSum(sum, error);
}

export function negate([a, b]: DoubleDouble): DoubleDouble {
  return [-a, -b];
}

export function subtract(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  return add(a, negate(b));
}

export function multiply([a, b]: DoubleDouble, [c, d]: DoubleDouble): DoubleDouble {
  const product = a * c;
  const [ah, al] = split(a);
  const [ch, cl] = split(c);
  const error = ah * ch - product + ah * cl + al * ch + al * cl;
  return quickSum(product, error + a * d + b * c);
}

export function divide(a: DoubleDouble, b: DoubleDouble): DoubleDouble {
  const first = a[0] / b[0];
  const rest = subtract(a, multiply(b, [first, 0]));
  const second = rest[0] / b[0];
  const last = subtract(rest, multiply(b, [second, 0]))[0] / b[0];
  return add(quickSum(first, second), [last, 0]);
}

export function squareRoot(a: DoubleDouble): DoubleDouble {
  if (a[0] <= 0) return ZERO;
  const guess = Math.sqrt(a[0]);
  const rest = subtract(a, multiply([guess, 0], [guess, 0]));
  return quickSum(guess, rest[0] / (2 * guess));
}

/** Σ a_i b_i. */
export function dot(a: readonly DoubleDouble[], b: readonly DoubleDouble[]): DoubleDouble {
  return a.reduce((sum, value, i) => add(sum, multiply(value, b[i])), ZERO);
}

function quickSum(a: number, b: number): DoubleDouble {
  const sum = a + b;
  return [sum, b - (sum - a)];
}

/** In two halves of 26 bits. */
function split(a: number): [number, number] {
  const scaled = 134217729 * a;
  const high = scaled - (scaled - a);
  return [high, a - high];
}
