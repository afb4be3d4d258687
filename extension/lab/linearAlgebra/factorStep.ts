/**
 * Least-norm steps in two factors. The product W = W₂ W₁ moves by Jδ = δ₂ W₁ + W₂ δ₁, and J Jᵀ R = W₂W₂ᵀ R + R W₁ᵀW₁ is a
 * Sylvester operator: singular value decompositions W₂ = U S Qᵀ and W₁ᵀ = V T Pᵀ diagonalize it, with eigenvalues s_i² +
 * t_j². The singular values of J are their roots; W₂W₂ᵀ is never formed, so that its rounding errors decide no rank.
 */
import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import { rankCutoff } from './completeOrthogonal.ts';

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
  const a = decomposed(matrixOf(left));
  const b = decomposed(matrixOf(right).transpose());
  const c = a.u
    .transpose()
    .mmul(Matrix.from1DArray(m, n, target))
    .mmul(b.u);
  const [forLeft, forRight] = [new Matrix(m, n), new Matrix(m, n)];
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
      const share = c.get(i, j) / (size * size + damping);
      forLeft.set(i, j, share * b.s[j]!);
      forRight.set(i, j, share * a.s[i]!);
    }
  }
  return {
    left: flat(a.u.mmul(forLeft).mmul(b.q.transpose())),
    right: flat(a.q.mmul(forRight).mmul(b.u.transpose())),
    rank,
    certainRank,
    condition: rank === 0 ? null : (largest ** 2 + damping) / (least ** 2 + damping),
  };
}

/** u [m, m], s [m] and q [k, m] of a = u diag(s) qᵀ, [m, k]: u is a basis of the whole space. */
function decomposed(a: Matrix): { u: Matrix; s: number[]; q: Matrix } {
  const { rows: m, columns: k } = a;
  const padded = k < m ? Matrix.zeros(m, m).setSubMatrix(a, 0, 0) : a;
  const svd = new SingularValueDecomposition(padded, { autoTranspose: true });
  const q = svd.rightSingularVectors;
  return { u: svd.leftSingularVectors, s: svd.diagonal, q: k < m ? q.subMatrix(0, k - 1, 0, m - 1) : q };
}

function noStep(left: Dense, right: Dense): FactorStep {
  const none = ({ values }: Dense) => new Float64Array(values.length).fill(Number.NaN);
  return { left: none(left), right: none(right), rank: 0, certainRank: 0, condition: null };
}

function matrixOf({ rows, columns, values }: Dense): Matrix {
  return Matrix.from1DArray(rows, columns, values);
}

function flat(matrix: Matrix): Float64Array {
  return Float64Array.from(matrix.to1DArray());
}
