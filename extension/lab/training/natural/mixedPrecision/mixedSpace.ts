/**
 * Natural gradients in mixed precision: (K + λ H⁻¹) c = H⁻¹ γ, δ = Jᵀ c (the form of the rows in `iterativeSpace.ts`),
 * by conjugate gradients on exact products, preconditioned by the factor of a matrix K that may have been computed in
 * float32. This is accelerated iterative refinement: if the condition number of K is well below 1.7e7, a few rounds
 * reach float64 precision (Higham and Mary 2022, Acta Numerica 31, section 6).
 */
import { conditionNumber } from '../../../linearAlgebra/condition.ts';
import { ConjugateGradients, type StoppingRule } from '../../../linearAlgebra/conjugateGradients.ts';
import type { SolverReport } from '../../../results.ts';
import type { Model } from '../../model.ts';
import { areFinite } from '../../pace.ts';
import { type FisherSystem, relativeDamping, rowProduct } from '../iterative/fisherSystem.ts';
import type { FisherSettings } from '../settings.ts';
import { shown } from '../singlePrecision.ts';
import type { StepSpace } from '../stepSpace.ts';
import type { FactoredGram } from './factoredGram.ts';

/** Limits on the refinement; more rounds would indicate a poor preconditioner. */
const RULE: StoppingRule = { tolerance: 1e-13, iterations: 40 };
/** The relative residual that a float64 factorization leaves for the worst matrices that float32 can prepare. */
const ACCEPTED = 1e-9;

export class MixedSpace implements StepSpace {
  readonly module;
  readonly unsolved = null;
  readonly certainRank = null;
  /** Why float32 is not accurate enough; null while it is. */
  refusal: string | null = null;
  private readonly solver: ConjugateGradients;
  private readonly c: Float64Array;
  private readonly rhs: Float64Array;
  private readonly along: Float64Array;
  private readonly delta: Float64Array;
  /** Whether the GPU has computed K at the current parameters. */
  private isGramCurrent = false;
  private iterations = 0;

  constructor(
    private readonly model: Model,
    private readonly settings: FisherSettings,
    private readonly system: FisherSystem,
    private readonly gram: FactoredGram,
  ) {
    this.module = system.products.module;
    const { rows } = system.products;
    this.solver = new ConjugateGradients(rows, RULE);
    [this.c, this.rhs] = [0, 1].map(() => new Float64Array(rows));
    [this.along, this.delta] = [0, 1].map(() => new Float64Array(model.parameterCount));
  }

  get rank(): number {
    return this.rhs.length;
  }

  /** Copies the parameters to the program that computes K. */
  feed(): void {
    this.gram.module.memory.set(this.module.memory.subarray(0, this.model.parameterCount));
  }

  /** Marks K as computed since {@link feed}. */
  markGramCurrent(): void {
    this.isGramCurrent = true;
  }

  /**
   * If float32 is not accurate enough, the step is 0 and {@link refusal} is set; non-finite if the run has diverged.
   */
  solve(damping: number): Float64Array {
    const { system, gram, delta } = this;
    if (!this.isGramCurrent) this.evaluateGram();
    this.isGramCurrent = false;
    system.evaluate();
    const relative = relativeDamping(system, damping);
    gram.shift?.set(system.curvature.inverse.map((value) => relative * value));
    this.rhs.set(system.values);
    this.refusal ??= this.solveWith(relative);
    if (this.refusal !== null) return delta.fill(0);
    system.products.vjp(this.c, delta);
    return delta;
  }

  report(): SolverReport {
    const { settings, gram, rhs, iterations, system } = this;
    const size = rhs.length;
    return {
      solver: system.space,
      fisher: settings.fisher,
      rank: size,
      size,
      condition: areFinite(gram.matrix) ? conditionNumber(this.scaledMatrix(), size) : null,
      iterations,
    };
  }

  private evaluateGram(): void {
    this.feed();
    this.gram.evaluate();
  }

  /** Solves for c; returns the reason if that failed. */
  private solveWith(relative: number): string | null {
    const { system, gram, solver, rhs, along, c } = this;
    if (!gram.factor()) return this.reason();
    c.fill(0);
    const { iterations, residual } = solver.solve(rowProduct(system, relative, along), rhs, gram, c);
    this.iterations = iterations;
    if (residual <= ACCEPTED) return null;
    if (residual > ACCEPTED) return this.reason();
    // The run has diverged: propagate the non-finite values to the parameters.
    c.fill(Number.NaN);
    return null;
  }

  /** √H M √H, which has the nonzero eigenvalues of F up to units; M itself without damping. */
  private scaledMatrix(): Float64Array {
    const { gram, system } = this;
    if (gram.shift === null) return gram.matrix;
    const root = system.curvature.diagonal.map(Math.sqrt);
    return gram.matrix.map((value, at) => {
      const row = Math.floor(at / root.length);
      return value * root[row] * root[at - row * root.length];
    });
  }

  private reason(): string {
    this.evaluateGram();
    const known = this.gram.factor() ? conditionNumber(this.scaledMatrix(), this.rhs.length) : null;
    const measured = known === null ? 'no full rank' : `condition number ${shown(known)}`;
    return `the Gram matrix has ${measured}: more than float32 can prepare for float64`;
  }
}
