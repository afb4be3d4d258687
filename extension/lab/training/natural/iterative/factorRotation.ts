/**
 * A preconditioner for K = J Jᵀ of a product W = W_L ⋯ W_1 with factors W = A_l W_l B_l: K = Σ_l (A_l A_lᵀ) ⊗ (B_lᵀ B_l). The
 * outer factors have the largest terms, A_1 A_1ᵀ ⊗ I and I ⊗ B_Lᵀ B_L, which left singular vectors u_i of A_1 and right
 * singular vectors v_j of B_L diagonalize. In that basis the diagonal of K, Σ_l ‖A_lᵀ u_i‖² ‖B_l v_j‖², is all of it for two
 * factors, and the better part of it for more.
 */
import { Matrix } from 'ml-matrix';
import { GraphBuilder } from '../../../compiler/builder.ts';
import type { NodeId } from '../../../compiler/graph.ts';
import { CompiledModule } from '../../../compiler/module.ts';
import type { Preconditioner } from '../../../linearAlgebra/conjugateGradients.ts';
import { singularValueDecomposition } from '../../../linearAlgebra/svd/svd.ts';
import type { Model } from '../../model.ts';
import { structureOf } from '../structure.ts';

/** Entries of the diagonal below this fraction of the largest count as that much. */
const FLOOR = 1e-14;

/** The entry that applies the inverse of the preconditioner, and the one that measures. */
const SOLVE = 'solve';
const MEASURE = 'measure';

export class FactorRotation implements Preconditioner {
  /** Products in the rotated basis: many for each step. */
  private readonly products: CompiledModule;
  /** Orthogonal matrices as columns, [m, m] and [n, n]. */
  private readonly u: Float64Array;
  private readonly v: Float64Array;
  /** The diagonal of K + λ in the rotated basis, row-major [m, n]. */
  private readonly scale: Float64Array;
  /** What is turned, [m, n], and what comes of it. */
  private readonly x: Float64Array;
  private readonly solution: Float64Array;
  private readonly square: Float64Array;

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
    const g = new GraphBuilder();
    const u = g.state('U', [m, m]);
    const v = g.state('V', [n, n]);
    const [scale, x] = ['the diagonal', 'x'].map((name) => g.state(name, [m, n]));
    const turned = g.matmul(g.matmul(g.transpose(u), x), v);
    const solution = g.matmul(g.matmul(u, g.divide(turned, scale)), g.transpose(v));
    const square = g.sum(g.multiply(g.multiply(turned, turned), scale));
    const entries = [
      { name: SOLVE, outputs: [solution] },
      { name: MEASURE, outputs: [square] },
    ];
    const products = new CompiledModule(g.graph, [u, v, scale, x], entries);
    this.products = products;
    [this.u, this.v, this.scale] = [u, v, scale].map((node) => products.view(node));
    [this.x, this.solution, this.square] = [x, solution, square].map((node) => products.view(node));
  }

  /** Takes the factors in the module's memory. @param damping λ in K + λ */
  update(damping: number): void {
    const { m, n, scale } = this;
    const { before, after } = this.outerProducts();
    const u = basis(before[before.length - 1] as Matrix);
    const v = basis((after[0] as Matrix).transpose());
    this.u.set(u.to1DArray());
    this.v.set(v.to1DArray());
    const [ut, vt] = [u.transpose(), v.transpose()];
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
    this.x.set(r);
    this.products.entry(SOLVE)(1);
    into.set(this.solution);
  }

  squaredLength(x: Float64Array): number {
    this.x.set(x);
    this.products.entry(MEASURE)(1);
    return this.square[0];
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
  return Matrix.from1DArray(m, m, left).transpose();
}

/** Squared lengths of rows; 1 for the identity. */
function rowSquares(a: Matrix | null, count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) =>
    a === null ? 1 : a.getRow(i).reduce((sum, value) => sum + value * value, 0),
  );
}
