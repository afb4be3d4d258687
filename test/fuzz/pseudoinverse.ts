/** The minimum-norm solution of least squares in extended precision, by one-sided Jacobi rotations (Hestenes 1958). */
import { add, type DoubleDouble, divide, dot, multiply, squareRoot, subtract, ZERO } from './doubleDouble.ts';

export interface Reference {
  /** A⁺ b. */
  x: number[];
  /** Descending. */
  singularValues: number[];
}

/**
 * @param a rows of A
 * @param cutoff singular values up to this share of the largest count as zero
 */
export function minimumNormReference(
  a: readonly (readonly number[])[],
  b: readonly number[],
  cutoff: number,
): Reference {
  const [n, p] = [a.length, a[0].length];
  const isWide = p > n;
  // Columns of A, or of Aᵀ where they are fewer, rotated until they are orthogonal: A V = U Σ.
  const columns = isWide
    ? a.map((row) => row.map((value): DoubleDouble => [value, 0]))
    : Array.from({ length: p }, (_, j) => a.map((row): DoubleDouble => [row[j], 0]));
  const v = columns.map((_, j) => columns.map((__, i): DoubleDouble => [i === j ? 1 : 0, 0]));
  for (let sweep = 0; sweep < 60 && rotateAll(columns, v); sweep++);
  const lengths = columns.map((column) => squareRoot(dot(column, column)));
  const largest = Math.max(...lengths.map(([value]) => value));
  const right = b.map((value): DoubleDouble => [value, 0]);
  let x: DoubleDouble[] = Array.from({ length: p }, () => ZERO);
  lengths.forEach((length, k) => {
    if (!(length[0] > cutoff * largest)) return;
    // Singular vectors are the columns by their lengths on the one side, those of V on the other.
    const [seen, into] = isWide ? [v[k], columns[k]] : [columns[k], v[k]];
    const weight = divide(dot(seen, right), multiply(length, length));
    x = x.map((value, i) => add(value, multiply(weight, into[i])));
  });
  return { x: x.map(([value]) => value), singularValues: lengths.map(([value]) => value).sort((s, t) => t - s) };
}

/** One sweep over all pairs; whether anything was rotated. */
function rotateAll(columns: DoubleDouble[][], v: DoubleDouble[][]): boolean {
  let rotated = false;
  // What has shrunk to rounding is left alone: it would shrink without end.
  const floor = 1e-56 * Math.max(...columns.map((column) => dot(column, column)[0]));
  for (let i = 0; i < columns.length; i++) {
    for (let j = i + 1; j < columns.length; j++) {
      const [a, b, c] = [dot(columns[i], columns[i]), dot(columns[j], columns[j]), dot(columns[i], columns[j])];
      if (!(a[0] > floor && b[0] > floor && Math.abs(c[0]) > 1e-29 * Math.sqrt(a[0]) * Math.sqrt(b[0]))) continue;
      rotated = true;
      const zeta = divide(subtract(b, a), add(c, c));
      const root = squareRoot(add([1, 0], multiply(zeta, zeta)));
      const size: DoubleDouble = zeta[0] < 0 ? [-zeta[0], -zeta[1]] : zeta;
      const t0 = divide([1, 0], add(size, root));
      const t: DoubleDouble = zeta[0] < 0 ? [-t0[0], -t0[1]] : t0;
      const cosine = divide([1, 0], squareRoot(add([1, 0], multiply(t, t))));
      const sine = multiply(cosine, t);
      for (const pair of [columns, v]) {
        const [left, right] = [pair[i], pair[j]];
        pair[i] = left.map((value, k) => subtract(multiply(cosine, value), multiply(sine, right[k])));
        pair[j] = left.map((value, k) => add(multiply(sine, value), multiply(cosine, right[k])));
      }
    }
  }
  return rotated;
}
