/** Symmetric systems that may be singular: rank and minimum-norm solution by the eigendecomposition. */
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';

/** Eigenvalues below this share of the largest count as zero. */
export const RELATIVE_CUTOFF = 1e-12;

/**
 * x = a⁺ b for symmetric positive semidefinite a, or (a + damping·I)⁻¹ b.
 * @param a symmetric [n, n], row-major
 * @returns the solution and the numerical rank of a
 */
export function solveSymmetric(
  a: Float64Array,
  n: number,
  b: Float64Array,
  damping = 0,
): { x: Float64Array; rank: number } {
  // The decomposition knows no numbers that are not finite; a run that diverged is to end as one.
  // The decomposition squares its entries.
  if (!a.every((value) => Math.abs(value) < 1e150)) return { x: new Float64Array(n).fill(Number.NaN), rank: 0 };
  const matrix = Matrix.from1DArray(n, n, a);
  const { realEigenvalues: values, eigenvectorMatrix: vectors } = new EigenvalueDecomposition(matrix, {
    assumeSymmetric: true,
  });
  const smallest = RELATIVE_CUTOFF * Math.max(0, ...values);
  const x = new Float64Array(n);
  let rank = 0;
  for (let k = 0; k < n; k++) {
    if (!(values[k] > smallest)) continue;
    rank++;
    let projection = 0;
    for (let i = 0; i < n; i++) projection += vectors.get(i, k) * b[i];
    const weight = projection / (values[k] + damping);
    for (let i = 0; i < n; i++) x[i] += weight * vectors.get(i, k);
  }
  return { x, rank };
}

/**
 * A factor L of a = L Lᵀ by the eigenvectors whose eigenvalues pass the cutoff, row-major [n, columns],
 * and the map b ↦ L⁺ b.
 */
export function eigenFactor(
  a: Float64Array,
  n: number,
): { values: Float64Array; columns: number; inverse: (b: Float64Array) => Float64Array } {
  if (!a.every(Number.isFinite)) {
    return { values: a.map(() => Number.NaN), columns: n, inverse: (b) => b.map(() => Number.NaN) };
  }
  const { realEigenvalues, eigenvectorMatrix: vectors } = new EigenvalueDecomposition(Matrix.from1DArray(n, n, a), {
    assumeSymmetric: true,
  });
  const smallest = RELATIVE_CUTOFF * Math.max(0, ...realEigenvalues);
  const kept = realEigenvalues
    .map((value, k) => ({ root: Math.sqrt(value), k }))
    .filter((_, k) => realEigenvalues[k] > smallest);
  const columns = kept.length;
  const values = new Float64Array(n * columns);
  kept.forEach(({ root, k }, column) => {
    for (let i = 0; i < n; i++) values[i * columns + column] = root * vectors.get(i, k);
  });
  const inverse = (b: Float64Array) =>
    Float64Array.from(kept, ({ root, k }) => {
      let s = 0;
      for (let i = 0; i < n; i++) s += vectors.get(i, k) * b[i];
      return s / root;
    });
  return { values, columns, inverse };
}
