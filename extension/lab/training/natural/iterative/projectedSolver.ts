/**
 * F⁺ g for a gradient g that lies outside the range of F = Aᵀ A, A = H^½ J: a population known by fewer draws than
 * there are directions. With M = A Aᵀ it is Aᵀ M⁺ M⁺ A g: two systems that have solutions, for conjugate gradients.
 */
import {
  ConjugateGradients,
  diagonalPreconditioner,
  type IterativeOutcome,
  type Preconditioner,
  type StoppingRule,
} from '../../../linearAlgebra/conjugateGradients.ts';
import type { FisherSystem } from './fisherSystem.ts';

export class ProjectedSolver {
  private readonly solver: ConjugateGradients;
  private readonly preconditioner: Preconditioner;
  private readonly root: Float64Array;
  private readonly rhs: Float64Array;
  private readonly x: Float64Array;
  private readonly scaled: Float64Array;

  constructor(
    private readonly system: FisherSystem,
    private readonly along: Float64Array,
    rule: StoppingRule,
  ) {
    const { rows } = system.products;
    this.solver = new ConjugateGradients(rows, rule);
    [this.root, this.rhs, this.x, this.scaled] = [0, 1, 2, 3].map(() => new Float64Array(rows));
    this.preconditioner = diagonalPreconditioner(new Float64Array(rows).fill(1));
  }

  condition(): number | null {
    return this.solver.condition();
  }

  /** Writes F⁺ Jᵀ γ. */
  solve(delta: Float64Array): IterativeOutcome {
    const { system, root, rhs, x, along } = this;
    const { products, metric, gamma } = system;
    for (let i = 0; i < root.length; i++) root[i] = Math.sqrt(metric.diagonal[i]);
    products.pull(gamma, along);
    products.push(along, rhs);
    for (let i = 0; i < rhs.length; i++) rhs[i] *= root[i];
    const first = this.inner();
    rhs.set(x);
    const second = this.inner();
    this.pull(x, delta);
    return {
      iterations: first.iterations + second.iterations,
      residual: Math.max(first.residual, second.residual),
      converged: first.converged && second.converged,
      singular: first.singular || second.singular,
    };
  }

  /** x = M⁺ rhs. */
  private inner(): IterativeOutcome {
    const { x, rhs, preconditioner, along, root, system } = this;
    x.fill(0);
    const product = (v: Float64Array, into: Float64Array) => {
      this.pull(v, along);
      system.products.push(along, into);
      for (let i = 0; i < into.length; i++) into[i] *= root[i];
      let form = 0;
      for (let k = 0; k < along.length; k++) form += along[k] * along[k];
      return form;
    };
    return this.solver.solve(product, rhs, preconditioner, x);
  }

  /** Aᵀ v. */
  private pull(v: Float64Array, into: Float64Array): void {
    for (let i = 0; i < v.length; i++) this.scaled[i] = this.root[i] * v[i];
    this.system.products.pull(this.scaled, into);
  }
}
