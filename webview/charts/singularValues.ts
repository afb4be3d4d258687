/** The largest matrices whose singular values are computed on the page: rows or columns, whichever are fewer. */
export const LARGEST_SPECTRUM = 48;

const SWEEPS = 30;

/**
 * The singular values of a matrix, largest first, by one-sided Jacobi rotations: small ones are as accurate, relative to
 * themselves, as the entries allow.
 * @param values row-major
 */
export function singularValues(values: ArrayLike<number>, rows: number, columns: number): number[] {
  const isWide = columns > rows;
  const [count, length] = isWide ? [rows, columns] : [columns, rows];
  // The shorter side as vectors, made orthogonal in pairs.
  const vectors = Array.from({ length: count }, (_, i) =>
    Float64Array.from({ length }, (_, j) => (isWide ? values[i * columns + j]! : values[j * columns + i]!)),
  );
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let isDone = true;
    for (let p = 0; p < count - 1; p++) {
      for (let q = p + 1; q < count; q++) if (rotate(vectors[p]!, vectors[q]!)) isDone = false;
    }
    if (isDone) break;
  }
  return vectors.map((vector) => Math.sqrt(dot(vector, vector))).sort((a, b) => b - a);
}

/** Makes two vectors orthogonal by a rotation; returns whether they were not. */
function rotate(a: Float64Array, b: Float64Array): boolean {
  const [aa, bb, ab] = [dot(a, a), dot(b, b), dot(a, b)];
  if (!(Math.abs(ab) > 1e-14 * Math.sqrt(aa * bb))) return false;
  const zeta = (bb - aa) / (2 * ab);
  const tangent = Math.sign(zeta || 1) / (Math.abs(zeta) + Math.hypot(1, zeta));
  const cosine = 1 / Math.hypot(1, tangent);
  const sine = cosine * tangent;
  for (let i = 0; i < a.length; i++) {
    const [x, y] = [a[i]!, b[i]!];
    a[i] = cosine * x - sine * y;
    b[i] = sine * x + cosine * y;
  }
  return true;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** exp of the entropy of the normalized singular values (Roy and Vetterli 2007). */
export function effectiveRank(values: readonly number[]): number {
  const total = values.reduce((sum, s) => sum + s, 0);
  let entropy = 0;
  for (const s of values) if (s > 0) entropy -= (s / total) * Math.log(s / total);
  return total > 0 ? Math.exp(entropy) : 0;
}
