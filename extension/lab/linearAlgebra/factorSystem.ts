/**
 * The system of least-norm steps in two factors. The product W = W₂ W₁ moves by Jδ = δ₂ W₁ + W₂ δ₁, and J Jᵀ X = W₂W₂ᵀ X +
 * X W₁ᵀW₁ is a Sylvester operator: with the left singular vectors of W₂ and the right ones of W₁ it is diagonal, with
 * eigenvalues s_i² + t_j². The singular values of J are their roots; W₂W₂ᵀ is never formed, so that its rounding errors
 * decide no rank.
 */
import { rankCutoff } from './completeOrthogonal.ts';
import { transpose } from './dense.ts';
import { rightSingularVectors } from './svd/svd.ts';

/** A matrix, row-major. */
export interface Dense {
  rows: number;
  columns: number;
  values: Float64Array;
}

/**
 * What diagonalizes J Jᵀ + λ. The minimizer of ‖J δ − T‖² + λ ‖δ‖², of least norm where λ is 0, is δ₂ = X W₁ᵀ and δ₁ = W₂ᵀ X
 * with X = Uᵀ (weights ∘ U T Vᵀ) V.
 */
export interface Diagonalization {
  /** U: the left singular vectors of W₂ as rows, [m, m]. */
  left: Float64Array;
  /** V: the right singular vectors of W₁ as rows, [n, n]. */
  right: Float64Array;
  /** 1 / (s_i² + t_j² + λ), and 0 where √(s_i² + t_j²) counts as zero, [m, n]. */
  weights: Float64Array;
}

export interface FactorSystem extends Diagonalization {
  /** The numerical rank of J, with the cutoff of `lstsq`, and how many singular values are above `certain` times it. */
  rank: number;
  certainRank: number;
  /** The condition number of J Jᵀ + λ on what is retained; null where nothing is. */
  condition: number | null;
}

export interface FactorTask {
  /** W₂, [m, r], and W₁, [r, n]. */
  left: Dense;
  right: Dense;
  /** λ */
  damping: number;
  /** Singular values above this multiple of the cutoff do not depend on rounding. */
  certain: number;
}

/**
 * @param into where the diagonalization is written, if not to new memory
 * @throws Error for numbers that are not finite
 */
export function factorSystem(
  { left, right, damping, certain }: FactorTask,
  into: Partial<Diagonalization> = {},
): FactorSystem {
  const [m, n] = [left.rows, right.columns];
  const a = rightSingularVectors(transpose(left.values, m, left.columns), left.columns, m, into.left);
  const b = rightSingularVectors(right.values, right.rows, n, into.right);
  const cutoff = rankCutoff(m * n, left.values.length + right.values.length);
  const largest = Math.hypot(a.values[0]!, b.values[0]!);
  // Relative to the largest, so that no square overflows and only those far below the cutoff underflow.
  const squaresOf = (values: Float64Array) => values.map((value) => (value / largest) ** 2);
  const [ofLeft, ofRight] = [squaresOf(a.values), squaresOf(b.values)];
  const { weights = new Float64Array(m * n) } = into;
  const [least, certainly] = [cutoff ** 2, (certain * cutoff) ** 2];
  let [rank, certainRank, smallest] = [0, 0, 1];
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      const square = ofLeft[i]! + ofRight[j]!;
      const isRetained = square > least;
      weights[i * n + j] = isRetained ? 1 / (square * largest ** 2 + damping) : 0;
      if (!isRetained) continue;
      rank++;
      if (square > certainly) certainRank++;
      if (square < smallest) smallest = square;
    }
  }
  const condition = rank === 0 ? null : (largest ** 2 + damping) / (smallest * largest ** 2 + damping);
  return { left: a.vectors, right: b.vectors, weights, rank, certainRank, condition };
}
