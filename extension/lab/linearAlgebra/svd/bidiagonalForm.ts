/** The bidiagonal form B = Uᵀ A V of a matrix, by Householder reflections (Golub and Kahan 1965). */

export interface BidiagonalForm {
  /** The diagonal of B, [n]. */
  diagonal: Float64Array;
  /** The entries above it, [n]; the last is 0. */
  above: Float64Array;
  /** Reflections from the left, one a row, [n, m], and from the right, [n, n]: I − v vᵀ; 0 where there is none. */
  left: Float64Array;
  right: Float64Array;
}

/**
 * Two passes over the matrix for each column: the products with the next left reflection, and both reflections at once.
 * @param a row-major [m, n], m ≥ n; overwritten
 */
export function bidiagonalForm(a: Float64Array, m: number, n: number): BidiagonalForm {
  const [diagonal, above] = [new Float64Array(n), new Float64Array(n)];
  const [left, right] = [new Float64Array(n * m), new Float64Array(n * n)];
  const product = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    const v = left.subarray(k * m, (k + 1) * m);
    for (let i = k; i < m; i++) v[i] = a[i * n + k];
    diagonal[k] = reflection(v, k);
    product.fill(0, k);
    addRows(product, v, a, { rows: m, columns: n, from: k });
    subtractRow(a, k * n, v[k], product, k, n);
    const u = right.subarray(k * n, (k + 1) * n);
    for (let j = k + 1; j < n; j++) u[j] = a[k * n + j];
    above[k] = k + 1 < n ? reflection(u, k + 1) : 0;
    for (let i = k + 1; i < m; i++) bothFrom(a, i * n, v[i], product, u, k + 1, n);
  }
  return { diagonal, above, left, right };
}

/**
 * Replaces x by v, scaled to length √2, with (I − v vᵀ) x = β e_k.
 * @param k entries before it are 0
 * @returns β
 */
function reflection(x: Float64Array, k: number): number {
  let largest = 0;
  for (let i = k; i < x.length; i++) largest = Math.max(largest, Math.abs(x[i]));
  if (largest === 0) return 0;
  let sum = 0;
  for (let i = k; i < x.length; i++) {
    x[i] /= largest;
    sum += x[i] * x[i];
  }
  const length = Math.sqrt(sum);
  const beta = x[k] > 0 ? -length : length;
  x[k] -= beta;
  // ‖x − β e‖² = 2 β (β − x_k).
  const scale = 1 / Math.sqrt(Math.abs(beta * x[k]));
  for (let i = k; i < x.length; i++) x[i] *= scale;
  return beta * largest;
}

/** into ← into + Σ_i v_i row_i, from row and column `from` on; four rows at a time. */
function addRows(
  into: Float64Array,
  v: Float64Array,
  a: Float64Array,
  { rows, columns: n, from }: { rows: number; columns: number; from: number },
): void {
  let i = from;
  for (; i + 3 < rows; i += 4) {
    const at = i * n;
    const v0 = v[i];
    const v1 = v[i + 1];
    const v2 = v[i + 2];
    const v3 = v[i + 3];
    for (let j = from; j < n; j++) {
      const first = v0 * a[at + j] + v1 * a[at + n + j];
      into[j] += first + (v2 * a[at + 2 * n + j] + v3 * a[at + 3 * n + j]);
    }
  }
  for (; i < rows; i++) for (let j = from; j < n; j++) into[j] += v[i] * a[i * n + j];
}

/** row ← row − factor · x. */
function subtractRow(a: Float64Array, at: number, factor: number, x: Float64Array, from: number, n: number): void {
  for (let j = from; j < n; j++) a[at + j] -= factor * x[j];
}

/** row ← (row − factor · product) (I − u uᵀ). */
function bothFrom(
  a: Float64Array,
  at: number,
  factor: number,
  product: Float64Array,
  u: Float64Array,
  from: number,
  n: number,
): void {
  let [even, odd] = [0, 0];
  let j = from;
  for (; j + 1 < n; j += 2) {
    const first = a[at + j] - factor * product[j];
    const second = a[at + j + 1] - factor * product[j + 1];
    a[at + j] = first;
    a[at + j + 1] = second;
    even += first * u[j];
    odd += second * u[j + 1];
  }
  if (j < n) {
    a[at + j] -= factor * product[j];
    even += a[at + j] * u[j];
  }
  subtractRow(a, at, even + odd, u, from, n);
}

/**
 * The first columns of the product of the reflections, as rows.
 * @param reflections [count, length]; reflection k is 0 before entry k
 * @returns [count, length]
 */
export function accumulated(reflections: Float64Array, count: number, length: number): Float64Array {
  const rows = new Float64Array(count * length);
  for (let k = 0; k < count; k++) rows[k * length + k] = 1;
  for (let k = count - 1; k >= 0; k--) {
    const v = reflections.subarray(k * length, (k + 1) * length);
    let i = k;
    for (; i + 3 < count; i += 4) reflectFourRows(rows, v, i * length, k);
    for (; i < count; i++) {
      let sum = 0;
      for (let j = k; j < length; j++) sum += rows[i * length + j] * v[j];
      subtractRow(rows, i * length, sum, v, k, length);
    }
  }
  return rows;
}

/** Four rows times I − v vᵀ. */
function reflectFourRows(rows: Float64Array, v: Float64Array, a: number, k: number): void {
  const length = v.length;
  const [b, c, d] = [a + length, a + 2 * length, a + 3 * length];
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let j = k; j < length; j++) {
    const x = v[j];
    s0 += rows[a + j] * x;
    s1 += rows[b + j] * x;
    s2 += rows[c + j] * x;
    s3 += rows[d + j] * x;
  }
  for (let j = k; j < length; j++) {
    const x = v[j];
    rows[a + j] -= s0 * x;
    rows[b + j] -= s1 * x;
    rows[c + j] -= s2 * x;
    rows[d + j] -= s3 * x;
  }
}
