/**
 * Least-norm steps in two factors. The product W = W₂ W₁ moves by Jδ = δ₂ W₁ + W₂ δ₁, and J Jᵀ R = W₂W₂ᵀ R + R W₁ᵀW₁ is a
 * Sylvester operator: singular value decompositions W₂ = U S Qᵀ and W₁ᵀ = V T Pᵀ diagonalize it, with eigenvalues s_i² +
 * t_j². The singular values of J are their roots; W₂W₂ᵀ is never formed, so that its rounding errors decide no rank.
 */
import { rankCutoff } from './completeOrthogonal.ts';
import { product, transpose } from './dense.ts';
import { singularValueDecomposition } from './svd/svd.ts';

/** A matrix, row-major. */
export interface Dense {
  rows: number;
  columns: number;
  values: Float64Array;
}

export interface FactorStep {
  /** δ₂ and δ₁, in the shapes of the factors. */
  left: Float64Array;
  right: Float64Array;
  /** The numerical rank of J, with the cutoff of `lstsq`, and how many singular values are above `certain` times it. */
  rank: number;
  certainRank: number;
  /** The condition number of J Jᵀ + λ on what is retained; null where nothing is. */
  condition: number | null;
}

/**
 * The minimizer of ‖J δ − T‖² + λ ‖δ‖², of least norm where λ is 0: δ₂ = U (C ∘ t_j / (s_i² + t_j² + λ)) Pᵀ and δ₁ = Q (C ∘
 * s_i / (s_i² + t_j² + λ)) Vᵀ with C = Uᵀ T V.
 * @param left W₂, [m, r]; @param right W₁, [r, n]; @param target T, row-major [m, n]
 */
export function factorStep(
  left: Dense,
  right: Dense,
  target: Float64Array,
  damping: number,
  certain: number,
): FactorStep {
  const [m, n] = [left.rows, right.columns];
  const areFinite = [left.values, right.values, target].every((values) => values.every(Number.isFinite));
  // The iteration of a decomposition does not end on NaN.
  if (!areFinite) return noStep(left, right);
  const [r, q] = [left.columns, right.rows];
  const a = decomposed(left.values, m, r);
  const b = decomposed(transpose(right.values, q, n), n, q);
  const c = product(product(a.u, target, m, m, n), transpose(b.u, n, n), m, n, n);
  const [forLeft, forRight] = [new Float64Array(m * n), new Float64Array(m * n)];
  const cutoff = rankCutoff(m * n, left.values.length + right.values.length);
  const largest = Math.hypot(a.s[0]!, b.s[0]!);
  let [rank, certainRank, least] = [0, 0, Number.POSITIVE_INFINITY];
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      const size = Math.hypot(a.s[i]!, b.s[j]!);
      if (!(size > cutoff * largest)) continue;
      rank++;
      if (size > certain * cutoff * largest) certainRank++;
      least = Math.min(least, size);
      const share = c[i * n + j]! / (size * size + damping);
      forLeft[i * n + j] = share * b.s[j]!;
      forRight[i * n + j] = share * a.s[i]!;
    }
  }
  return {
    left: product(transpose(a.u, m, m), product(forLeft, b.q, m, n, q), m, m, q),
    right: product(transpose(a.q, m, r), product(forRight, b.u, m, n, n), r, m, n),
    rank,
    certainRank,
    condition: rank === 0 ? null : (largest ** 2 + damping) / (least ** 2 + damping),
  };
}

/** u [m, m], s [m] and q [m, k] of a = uᵀ diag(s) q, [m, k]: the rows of u are a basis of the whole space. */
function decomposed(a: Float64Array, m: number, k: number): { u: Float64Array; s: Float64Array; q: Float64Array } {
  if (k >= m) {
    const { values, left, right } = singularValueDecomposition(a, m, k);
    return { u: left, s: values, q: right };
  }
  const { values, left, right } = singularValueDecomposition(withColumns(a, m, k, m), m, m);
  return { u: left, s: values, q: withColumns(right, m, m, k) };
}

/** A matrix whose columns are cut off, or continued with zeros. */
function withColumns(a: Float64Array, rows: number, columns: number, wanted: number): Float64Array {
  const result = new Float64Array(rows * wanted);
  const kept = Math.min(columns, wanted);
  for (let i = 0; i < rows; i++) result.set(a.subarray(i * columns, i * columns + kept), i * wanted);
  return result;
}

function noStep(left: Dense, right: Dense): FactorStep {
  const none = ({ values }: Dense) => new Float64Array(values.length).fill(Number.NaN);
  return { left: none(left), right: none(right), rank: 0, certainRank: 0, condition: null };
}
