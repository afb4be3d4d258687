/**
 * The Gram matrix K = J Jᵀ of a model as a preconditioner, factored in float64. If a GPU computed it, its entries have
 * float32 precision and the factor is approximate.
 */
import type { NodeId } from '../../../compiler/graph.ts';
import type { CompiledModule } from '../../../compiler/module.ts';
import type { Preconditioner } from '../../../linearAlgebra/conjugateGradients.ts';
import { dot } from '../../../linearAlgebra/vectors.ts';
import type { Model } from '../../model.ts';
import { areFinite } from '../../pace.ts';
import { compileModel } from '../../trainer.ts';
import { factoredIn } from '../systemCondition.ts';

/** The entry that computes K. */
export const GRAM = 'gram';

export class FactoredGram implements Preconditioner {
  readonly module: CompiledModule;
  /** K, row-major [q, q]. */
  readonly gram: Float64Array;
  /** M = K + diag(shift), which is factored, row-major [q, q]. */
  readonly matrix: Float64Array;
  /** The shift of the diagonal of K, [q]; null without a shift. */
  readonly shift: Float64Array | null;
  private readonly factored: Float64Array;
  private readonly rhs: Float64Array;
  private readonly solution: Float64Array;
  private readonly product: Float64Array;

  /**
   * @param gram the node of K
   * @param isShifted whether the diagonal is shifted
   */
  constructor(model: Model, gram: NodeId, isShifted: boolean) {
    const { g } = model;
    const [q] = g.shapeOf(gram);
    const [rhs, shift] = [g.state('right side', [q]), g.state('shift', [q])];
    const diagonal = Int32Array.from({ length: q }, (_, i) => i * (q + 1));
    const matrix = isShifted ? g.add(gram, g.reshape(g.scatter(shift, diagonal, [q * q]), [q, q])) : gram;
    const solution = g.solve(matrix, rhs);
    const product = g.matmul(matrix, g.reshape(rhs, [q, 1]));
    const [{ factor }] = factoredIn(g.graph, solution);
    this.module = compileModel(
      model,
      [
        { name: GRAM, outputs: [gram] },
        { name: 'factor', outputs: [matrix, factor], after: [GRAM] },
        { name: 'solve', outputs: [solution], after: ['factor'] },
        { name: 'multiply', outputs: [product], after: ['factor'] },
      ],
      [rhs, ...(isShifted ? [shift] : [])],
    );
    const view = (node: NodeId) => this.module.view(node);
    [this.gram, this.matrix, this.factored] = [gram, matrix, factor].map(view);
    [this.rhs, this.solution, this.product] = [rhs, solution, product].map(view);
    this.shift = isShifted ? view(shift) : null;
  }

  /** Computes K on the CPU, in float64. */
  evaluate(): void {
    this.module.entry(GRAM)(1);
  }

  /** Factors M; returns false if it is rank-deficient in float64. */
  factor(): boolean {
    this.module.entry('factor')(1);
    return areFinite(this.factored);
  }

  solve(r: Float64Array, into: Float64Array): void {
    this.rhs.set(r);
    this.module.entry('solve')(1);
    into.set(this.solution);
  }

  squaredLength(x: Float64Array): number {
    this.rhs.set(x);
    this.module.entry('multiply')(1);
    return dot(x, this.product);
  }
}
