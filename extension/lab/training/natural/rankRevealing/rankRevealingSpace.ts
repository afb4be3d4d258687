/**
 * Natural gradients by a complete orthogonal decomposition of the weighted Jacobian itself: ranks are determined from
 * its singular values, and the accuracy of solutions depends on its condition number, not on the square. The fallback
 * of all other spaces for ill-conditioned Gram matrices.
 */
import type { CompiledModule } from '../../../compiler/module.ts';
import { CompleteOrthogonal, rankCutoff } from '../../../linearAlgebra/completeOrthogonal.ts';
import { refinedSolution } from '../../../linearAlgebra/refinement.ts';
import type { AnyProblemDescription } from '../../../problems/index.ts';
import type { SolverReport } from '../../../results.ts';
import type { Model } from '../../model.ts';
import { areFinite } from '../../pace.ts';
import { firstDamping } from '../damping.ts';
import type { Space } from '../gram.ts';
import type { FisherSettings } from '../settings.ts';
import type { StepSpace } from '../stepSpace.ts';
import { fisherRows } from './fisherRows.ts';
import type { FisherRowsProgram } from './leastSquares.ts';

/** Singular values above this multiple of the cutoff are certain, independent of rounding. */
const CERTAIN = 1e3;

export class RankRevealingSpace implements StepSpace {
  readonly module: CompiledModule;
  readonly unsolved = null;
  rank: number | null = null;
  certainRank: number | null = null;
  private readonly program: FisherRowsProgram;
  private last: { decomposition: CompleteOrthogonal; relative: number } | null = null;

  constructor(
    private readonly model: Model,
    private readonly settings: FisherSettings,
    problem: AnyProblemDescription,
    seed: number,
    private readonly space: Space | 'parameters' = 'parameters',
  ) {
    this.program = fisherRows(model, settings, problem, seed);
    this.module = this.program.module;
  }

  solve(damping: number): Float64Array {
    const { a, rows, target, logUnit, unweighted } = this.program.evaluate();
    const p = this.model.parameterCount;
    const relative = damping === 0 ? 0 : damping * Math.exp(-logUnit);
    if (unweighted && relative === 0 && rows <= p) {
      const decomposition = new CompleteOrthogonal(unweighted.a, rows, p);
      if (decomposition.rank === rows) {
        this.remember(decomposition, relative);
        return refinedSolution(decomposition, unweighted.a, unweighted.b);
      }
    }
    const decomposition = new CompleteOrthogonal(a, rows, p);
    this.remember(decomposition, relative);
    // F is negligible relative to the damping: the step ∇L / λ underflows.
    if (relative === Number.POSITIVE_INFINITY) return new Float64Array(p);
    if (target.kind === 'gradient') return decomposition.solveNormal(target.values, relative);
    if (relative > 0) return decomposition.solveDamped(target.values, relative);
    return refinedSolution(decomposition, a, target.values);
  }

  report(): SolverReport {
    const { model, settings, module, space } = this;
    const hasFiniteParameters = areFinite(module.memory.subarray(0, model.parameterCount));
    if (hasFiniteParameters && !this.last) this.solve(firstDamping(settings.damping));
    const size = space === 'parameters' ? model.parameterCount : (this.last?.decomposition.rows ?? 0);
    return {
      solver: space,
      fisher: settings.fisher,
      rank: this.rank,
      size,
      ...(this.dropped > 0 ? { dropped: this.dropped } : {}),
      condition: hasFiniteParameters ? this.condition() : null,
    };
  }

  /** Maximum possible rank minus numerical rank. */
  get dropped(): number {
    if (!this.last) return 0;
    const { rows, columns, rank } = this.last.decomposition;
    return Math.min(rows, columns) - rank;
  }

  /** The condition number of Aᵀ A + λ / unit on the retained directions. */
  condition(): number | null {
    if (!this.last) return null;
    const { decomposition, relative } = this.last;
    const extremes = decomposition.extremes();
    if (!extremes) return null;
    return Math.max(1, (extremes.largest ** 2 + relative) / (extremes.least ** 2 + relative));
  }

  private remember(decomposition: CompleteOrthogonal, relative: number): void {
    this.rank = decomposition.rank;
    this.certainRank = decomposition.rankAbove(CERTAIN * rankCutoff(decomposition.rows, decomposition.columns));
    this.last = { decomposition, relative };
  }
}
