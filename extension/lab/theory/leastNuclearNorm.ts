import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { singularValues } from '../metrics/norms.ts';

export interface NuclearNormFit {
  /** W, row-major [rows, columns], exact at the observed entries. */
  w: Float64Array;
  /** ‖W‖_* */
  nuclearNorm: number;
  /**
   * A certificate Λ, row-major [rows, columns]: 0 at unobserved entries, and of spectral norm at most 1. Every
   * completion has at least the nuclear norm ⟨Λ, W⟩ = Σ_Ω Λ_ij M_ij.
   */
  certificate: Float64Array;
  /** (‖W‖_* − ⟨Λ, W⟩) / ‖W‖_*: no completion has a nuclear norm that is smaller by more than this fraction. */
  gap: number;
}

export interface NuclearNormOptions {
  /** The relative gap at which to stop (default 1e-9). */
  gap?: number;
  /** Maximum number of iterations, after which the best completion so far is returned with its gap (default 3000). */
  iterations?: number;
}

/** Iterations between computations of the gap. */
const LOOK = 10;

/** Over-relaxation (Boyd et al. 2011, 3.4.3). */
const RELAXATION = 1.6;

/**
 * The minimum-nuclear-norm completion, min ‖W‖_* subject to W_ij = M_ij on the observed entries (Candès and Recht
 * 2009), the conjectured limit of gradient flow over a product of two matrices from a small initialization (Gunasekar
 * et al. 2017). Computed by the alternating direction method of multipliers (Boyd et al. 2011) with singular value
 * thresholding (Cai, Candès and Shen 2010), until the duality gap certifies the result.
 * @param observed row-major positions
 * @param values the observed values at these positions
 */
export function leastNuclearNorm(
  rows: number,
  columns: number,
  observed: Int32Array,
  values: Float64Array,
  { gap = 1e-9, iterations = 3000 }: NuclearNormOptions = {},
): NuclearNormFit {
  const size = rows * columns;
  const z = new Float64Array(size);
  observed.forEach((position, i) => {
    z[position] = values[i];
  });
  const scale = singularValues(z, [rows, columns])[0] ?? 0;
  const seen = new Uint8Array(size);
  for (const position of observed) seen[position] = 1;
  let best: NuclearNormFit = { w: z.slice(), nuclearNorm: 0, certificate: new Float64Array(size), gap: 0 };
  if (!(scale > 0)) return best;
  best.gap = Number.POSITIVE_INFINITY;

  // Singular values below `threshold` are set to zero; u is the multiplier of W = Z times the threshold, 0 at
  // unobserved entries.
  let threshold = scale / 4;
  const u = new Float64Array(size);
  const before = new Float64Array(size);
  for (let k = 1; k <= iterations; k++) {
    const x = thresholded(
      z.map((value, i) => value - u[i]),
      rows,
      columns,
      threshold,
    );
    before.set(z);
    let [apart, moved] = [0, 0];
    for (let i = 0; i < size; i++) {
      const relaxed = RELAXATION * x[i] + (1 - RELAXATION) * z[i];
      if (seen[i]) u[i] += relaxed - z[i];
      else z[i] = relaxed;
      apart += (x[i] - z[i]) ** 2;
      moved += (z[i] - before[i]) ** 2;
    }
    if (k % LOOK !== 0) continue;
    const found = proven(z, u, threshold, rows, columns, observed, values);
    if (found.gap < best.gap) best = found;
    if (best.gap <= gap) break;
    // Balance the primal and dual residuals (Boyd et al. 2011, 3.4.1).
    const factor = apart > 25 * moved ? 0.5 : moved > 25 * apart ? 2 : 1;
    threshold *= factor;
    for (let i = 0; i < size; i++) u[i] *= factor;
  }
  return best;
}

/** The completion z with the certificate −u / threshold, made feasible, and their gap. */
function proven(
  z: Float64Array,
  u: Float64Array,
  threshold: number,
  rows: number,
  columns: number,
  observed: Int32Array,
  values: Float64Array,
): NuclearNormFit {
  const nuclearNorm = singularValues(z, [rows, columns]).reduce((sum, s) => sum + s, 0);
  const largest = singularValues(u, [rows, columns])[0] / threshold;
  const divisor = -threshold * Math.max(1, largest);
  const certificate = u.map((value) => (value === 0 ? 0 : value / divisor));
  let bound = 0;
  observed.forEach((position, i) => {
    bound += certificate[position] * values[i];
  });
  return { w: z.slice(), nuclearNorm, certificate, gap: (nuclearNorm - bound) / nuclearNorm };
}

/** Soft-thresholds the singular values of a matrix. */
function thresholded(a: Float64Array, rows: number, columns: number, threshold: number): Float64Array {
  // Uses the eigenvectors of the smaller Gram matrix; the small singular values that this computes inaccurately are
  // thresholded anyway.
  const matrix = Matrix.from1DArray(rows, columns, a);
  const isTall = rows >= columns;
  const gram = isTall ? matrix.transpose().mmul(matrix) : matrix.mmul(matrix.transpose());
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(gram, { assumeSymmetric: true });
  const kept = realEigenvalues.flatMap((value, k) => (value > threshold * threshold ? [k] : []));
  const n = gram.rows;
  const shrink = new Matrix(n, n);
  for (const k of kept) {
    const share = 1 - threshold / Math.sqrt(realEigenvalues[k]);
    for (let i = 0; i < n; i++) {
      const weight = share * eigenvectorMatrix.get(i, k);
      for (let j = 0; j < n; j++) shrink.set(i, j, shrink.get(i, j) + weight * eigenvectorMatrix.get(j, k));
    }
  }
  return Float64Array.from((isTall ? matrix.mmul(shrink) : shrink.mmul(matrix)).to1DArray());
}
