/**
 * A preconditioner for K = J Jᵀ of a product W = W_L ⋯ W_1 with factors W = A_l W_l B_l: K = Σ_l (A_l A_lᵀ) ⊗ (B_lᵀ B_l). The
 * outer factors have the largest terms, A_1 A_1ᵀ ⊗ I and I ⊗ B_Lᵀ B_L, which left singular vectors u_i of A_1 and right
 * singular vectors v_j of B_L diagonalize. In that basis the diagonal of K, Σ_l ‖A_lᵀ u_i‖² ‖B_l v_j‖², is all of it for two
 * factors, and the better part of it for more.
 */
import { Matrix } from 'ml-matrix';
import type { NodeId } from '../../../compiler/graph.ts';
import type { CompiledModule } from '../../../compiler/module.ts';
import type { Preconditioner } from '../../../linearAlgebra/conjugateGradients.ts';
import { multiply } from '../../../linearAlgebra/dense.ts';
import { singularValueDecomposition } from '../../../linearAlgebra/svd/svd.ts';
import type { Model } from '../../model.ts';
import { structureOf } from '../structure.ts';

/** Entries of the diagonal below this fraction of the largest count as that much. */
const FLOOR = 1e-14;

/** An orthogonal matrix and its transpose, row-major. */
interface Rotation {
  plain: Float64Array;
  transposed: Float64Array;
}

export class FactorRotation implements Preconditioner {
  private u: Rotation = { plain: new Float64Array(), transposed: new Float64Array() };
  private v: Rotation = this.u;
  /** The diagonal of K + λ in the rotated basis, row-major [m, n]. */
  private readonly scale: Float64Array;
  /** Storage, [m, n]. */
  private readonly half: Float64Array;
  private readonly turned: Float64Array;

  /** Null for other models than products of at least two matrices. */
  static of(model: Model, module: CompiledModule): FactorRotation | null {
    const structure = structureOf(model);
    const [m, n] = model.data.predictorShape;
    if (structure.kind !== 'product' || structure.factors.length < 2 || n === undefined) return null;
    return new FactorRotation(model, module, structure.factors, m, n);
  }

  private constructor(
    private readonly model: Model,
    private readonly module: CompiledModule,
    private readonly factors: readonly NodeId[],
    private readonly m: number,
    private readonly n: number,
  ) {
    [this.scale, this.half, this.turned] = [0, 1, 2].map(() => new Float64Array(m * n));
  }

  /** Takes the factors in the module's memory. @param damping λ in K + λ */
  update(damping: number): void {
    const { m, n, scale } = this;
    const { before, after } = this.outerProducts();
    const u = basis(before[before.length - 1] as Matrix);
    const v = basis((after[0] as Matrix).transpose());
    const [ut, vt] = [u.transpose(), v.transpose()];
    [this.u, this.v] = [rotation(u, ut), rotation(v, vt)];
    scale.fill(0);
    before.forEach((a, l) => {
      const b = after[l];
      const left = rowSquares(a && ut.mmul(a), m);
      const right = rowSquares(b && vt.mmul(b.transpose()), n);
      for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) scale[i * n + j] += left[i] * right[j];
    });
    const floor = FLOOR * scale.reduce((a, b) => Math.max(a, b), 0);
    for (let k = 0; k < scale.length; k++) scale[k] = Math.max(scale[k], floor) + damping;
  }

  solve(r: Float64Array, into: Float64Array): void {
    const { m, n, u, v, scale, half, turned } = this;
    this.turn(r);
    for (let k = 0; k < turned.length; k++) turned[k] /= scale[k];
    multiply(u.plain, turned, half, m, m, n);
    multiply(half, v.transposed, into, m, n, n);
  }

  squaredLength(x: Float64Array): number {
    const { scale } = this;
    this.turn(x);
    return this.turned.reduce((sum, value, k) => sum + value * value * scale[k], 0);
  }

  /** Uᵀ X V. */
  private turn(x: Float64Array): void {
    const { m, n, u, v, half, turned } = this;
    multiply(u.transposed, x, half, m, m, n);
    multiply(half, v.plain, turned, m, n, n);
  }

  /** A_l and B_l by the position of the factor from the left, null for the identity. */
  private outerProducts(): { before: (Matrix | null)[]; after: (Matrix | null)[] } {
    const { model, module, factors } = this;
    const matrices = factors.map((factor) => {
      const [rows, columns] = model.g.shapeOf(factor);
      return Matrix.from1DArray(rows, columns, module.view(factor));
    });
    const before: (Matrix | null)[] = [null];
    for (const matrix of matrices.slice(0, -1)) before.push(before[before.length - 1]?.mmul(matrix) ?? matrix);
    const after: (Matrix | null)[] = [null];
    for (const matrix of matrices.slice(1).reverse()) after.unshift(after[0] === null ? matrix : matrix.mmul(after[0]));
    return { before, after };
  }
}

/** Left singular vectors of a matrix, and a basis of the rest: [m, m]. */
function basis(a: Matrix): Matrix {
  const { rows: m, columns: k } = a;
  const padded = k < m ? Matrix.zeros(m, m).setSubMatrix(a, 0, 0) : a;
  const { left } = singularValueDecomposition(Float64Array.from(padded.to1DArray()), m, padded.columns);
  return Matrix.from1DArray(m, m, left);
}

function rotation(plain: Matrix, transposed: Matrix): Rotation {
  return { plain: Float64Array.from(plain.to1DArray()), transposed: Float64Array.from(transposed.to1DArray()) };
}

/** Squared lengths of rows; 1 for the identity. */
function rowSquares(a: Matrix | null, count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) =>
    a === null ? 1 : a.getRow(i).reduce((sum, value) => sum + value * value, 0),
  );
}
