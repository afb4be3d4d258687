/**
 * Matrix-free natural gradients: only products with the Jacobian J = ∂z/∂θ are used, so that both the number of
 * parameters and the number of examples may be large.
 *
 * If J can have full row rank, conjugate gradients on (J Jᵀ + λ H⁻¹) c = τ, δ = Jᵀ c are tried first: without damping,
 * S and 1/n cancel, so that decaying curvature does no harm. The preconditioner is the diagonal of the matrix if the
 * structure provides it (networks, elementwise models; for products of matrices in the basis of their outer factors),
 * otherwise its mean; the previous step's c is the initial guess.
 *
 * If they do not reach the tolerance, if the observed condition number is too large for J Jᵀ, or if J cannot have full
 * row rank, Golub–Kahan bidiagonalization of J itself, weighted by √H, is used. It truncates singular values like the
 * dense solvers, stores two vectors per step, and takes as many steps as fit in memory. A small, ill-conditioned J is
 * finally decomposed.
 */
import {
  type BidiagonalOutcome,
  damped,
  type LinearOperator,
  solveByBidiagonalization,
  transposed,
} from '../../../linearAlgebra/bidiagonalization.ts';
import {
  ConjugateGradients,
  diagonalPreconditioner,
  type Preconditioner,
  type StoppingRule,
} from '../../../linearAlgebra/conjugateGradients.ts';
import { irregularSigns } from '../../../linearAlgebra/irregular.ts';
import type { AnyProblemDescription } from '../../../problems/index.ts';
import type { SolverReport } from '../../../results.ts';
import type { Model } from '../../model.ts';
import { areFinite } from '../../pace.ts';
import { firstDamping } from '../damping.ts';
import { RankRevealingSpace } from '../rankRevealing/rankRevealingSpace.ts';
import type { FisherSettings } from '../settings.ts';
import type { StepSpace } from '../stepSpace.ts';
import { weighByRoot } from './curvature.ts';
import { FactorRotation } from './factorRotation.ts';
import { type FisherSystem, fisherSystem, rankBound, relativeDamping, rowProduct } from './fisherSystem.ts';

/** λ in units of the curvature above which F is negligible. */
const DAMPING_ALONE = 1e100;

/**
 * In exact arithmetic, the dimension bounds the number of iterations; rounding delays convergence of ill-conditioned,
 * especially small systems.
 */
const FEWEST_ITERATIONS = 1000;
const MOST_ITERATIONS = 5000;

/**
 * Maximum number of entries of a Jacobian that is decomposed if products do not reach the accuracy of a decomposition.
 */
const SMALL = 250_000;
/** Condition number of Jᵀ J up to which the bidiagonalization has no significant loss of accuracy. */
const MODERATE = 1e12;

/** Maximum storage of the bidiagonalization: 256 MB. */
const MOST_KEPT = 2 ** 25;

/** Condition number of J Jᵀ up to which conjugate gradients are trusted. */
const WELL_CONDITIONED = 1e9;

/** A system with a larger relative residual counts as unsolved, and the run ends. */
const LARGEST_RESIDUAL = 1e-6;

/** How a system was solved. */
interface Solution {
  form: 'conjugate gradients' | 'decomposition' | 'bidiagonalization' | 'damping alone';
  iterations: number;
  /** Compared with the tolerance: the residual of the rows, or of the normal equations if the rows are inconsistent. */
  residual: number;
  converged: boolean;
  rank: number | null;
  condition: number | null;
}

export class IterativeSpace implements StepSpace {
  readonly module;
  unsolved: number | null = null;
  private readonly system: FisherSystem;
  private readonly rule: StoppingRule;
  /** Null if J cannot have full row rank. */
  private readonly rowSolver: ConjugateGradients | null;
  /** Coefficients c of δ = Jᵀ c. */
  private readonly c: Float64Array;
  private readonly scale: Float64Array;
  private readonly preconditioner: Preconditioner;
  /** The preconditioner of a product of matrices; null for other models. */
  private readonly rotation: FactorRotation | null;
  private readonly along: Float64Array;
  private readonly delta: Float64Array;
  /** Whether conjugate gradients failed at the first step; later steps then skip them. */
  private isIllConditioned = false;
  private isFirst = true;
  private decomposed: RankRevealingSpace | null = null;
  /** Whether products were not accurate enough; later steps then use the decomposition. */
  private isDecomposed = false;
  private last: Solution | null = null;
  /** The largest residual over the steps that did not converge. */
  private worst = 0;
  /** Of the last solution; before any, of the first. */
  private damping: number;

  constructor(
    private readonly model: Model,
    private readonly settings: FisherSettings,
    private readonly problem: AnyProblemDescription,
    private readonly seed: number,
  ) {
    this.damping = firstDamping(settings.damping);
    this.system = fisherSystem(model, settings, problem, seed);
    this.module = this.system.products.module;
    const { rows } = this.system.products;
    const p = model.parameterCount;
    const iterations =
      settings.iterations ?? Math.min(MOST_ITERATIONS, Math.max(FEWEST_ITERATIONS, 2 * Math.min(rows, p)));
    this.rule = { tolerance: settings.tolerance, iterations };
    this.rowSolver = rows <= rankBound(model, this.system) ? new ConjugateGradients(rows, this.rule) : null;
    [this.c, this.scale] = [0, 1].map(() => new Float64Array(rows));
    this.rotation = this.system.space === 'predictor' ? FactorRotation.of(model, this.module) : null;
    this.preconditioner = this.rotation ?? diagonalPreconditioner(this.scale);
    [this.along, this.delta] = [0, 1].map(() => new Float64Array(p));
  }

  get rank(): number | null {
    return this.last?.rank ?? null;
  }

  /** Ranks refer to the Krylov space of the right-hand side, so none of them is certain. */
  readonly certainRank = null;

  solve(damping: number): Float64Array {
    this.damping = damping;
    this.last = this.solveFrom(this.c, damping);
    this.isFirst = false;
    const { converged, residual } = this.last;
    const isNumber = Number.isFinite(residual);
    if (!converged) this.worst = Math.max(this.worst, isNumber ? residual : 1);
    // Non-finite numbers are reported as divergence.
    this.unsolved = !converged && isNumber && residual > LARGEST_RESIDUAL ? residual : null;
    return this.delta;
  }

  save(): () => void {
    const [c, worst] = [this.c.slice(), this.worst];
    return () => {
      this.c.set(c);
      this.worst = worst;
    };
  }

  /** Solves once more by conjugate gradients, starting from 0, to estimate the condition number. */
  report(): SolverReport {
    const { last, settings, model, worst } = this;
    const hasFiniteParameters = areFinite(this.module.memory.subarray(0, model.parameterCount));
    const isKnown = last?.form === 'bidiagonalization' || last?.form === 'decomposition';
    const seen = hasFiniteParameters && !isKnown ? this.solveFrom(new Float64Array(this.c.length), this.damping) : last;
    return {
      solver: 'iterative',
      fisher: settings.fisher,
      rank: seen?.rank ?? null,
      size: this.rowSolver ? this.c.length : model.parameterCount,
      ...(last?.form === 'decomposition' && this.decomposed?.dropped ? { dropped: this.decomposed.dropped } : {}),
      condition: hasFiniteParameters ? (seen?.condition ?? null) : null,
      iterations: last?.iterations ?? 0,
      ...(worst > 0 ? { residual: worst } : {}),
    };
  }

  /** Writes δ and c; c initially holds the guess. */
  private solveFrom(c: Float64Array, damping: number): Solution {
    const { system, delta, rowSolver } = this;
    system.evaluate();
    const relative = relativeDamping(system, damping);
    if (!(relative < DAMPING_ALONE)) return this.dividedByDamping(relative);
    if (rowSolver && system.isInvertible && !this.isIllConditioned) {
      if (!areFinite(c)) c.fill(0);
      const solution = this.conjugateGradients(rowSolver, relative, c);
      if (solution) return solution;
      this.isIllConditioned = this.isFirst;
      c.fill(0);
    }
    // An explicit iteration limit disables the decomposition.
    const isSmall = this.c.length * delta.length <= SMALL && this.settings.iterations === null;
    if (isSmall && this.isDecomposed) return this.decomposition(damping);
    const { solution, x } = this.bidiagonalization(relative);
    const isPoor = !solution.converged || !(solution.condition !== null && solution.condition < MODERATE);
    if (isSmall && isPoor && areFinite(x)) {
      this.isDecomposed = true;
      return this.decomposition(damping);
    }
    delta.set(x);
    return solution;
  }

  private conjugateGradients(solver: ConjugateGradients, relative: number, c: Float64Array): Solution | null {
    const { system, along, delta, rule } = this;
    this.precondition(relative);
    const product = rowProduct(system, relative, along);
    const outcome = solver.solve(product, system.values, this.preconditioner, c);
    const { iterations, singular } = outcome;
    // The preconditioned norm underestimates the residual of long rows.
    const residual = Math.max(outcome.residual, outcome.plainResidual);
    const condition = solver.condition();
    const isMet = residual <= rule.tolerance;
    // Rounding may have stopped it above the tolerance; the result is still acceptable for a sufficiently
    // well-conditioned matrix.
    const isTrusted =
      isMet || (residual <= Math.sqrt(rule.tolerance) && condition !== null && condition < WELL_CONDITIONED);
    if (Number.isFinite(residual) && (singular || !isTrusted)) return null;
    system.products.vjp(c, delta);
    return { form: 'conjugate gradients', iterations, residual, converged: true, rank: null, condition };
  }

  /** By the decomposition of J. */
  private decomposition(damping: number): Solution {
    const { model, settings, problem, seed, delta, module } = this;
    this.decomposed ??= new RankRevealingSpace(model, settings, problem, seed);
    this.decomposed.module.memory.set(module.memory.subarray(0, delta.length));
    delta.set(this.decomposed.solve(damping));
    const { rank } = this.decomposed;
    return {
      form: 'decomposition',
      iterations: 0,
      residual: areFinite(delta) ? 0 : Number.NaN,
      converged: true,
      rank,
      condition: this.decomposed.condition(),
    };
  }

  /** Of J itself if the rows are consistent; otherwise of √H J. */
  private bidiagonalization(relative: number): { solution: Solution; x: Float64Array } {
    const { system, model } = this;
    const { rows, vjp, jvp } = system.products;
    const columns = model.parameterCount;
    const jacobian: LinearOperator = { rows, columns, multiply: jvp, multiplyTransposed: vjp };
    if (relative === 0 && this.rowSolver && system.isInvertible) {
      const outcome = this.bidiagonalize(jacobian, system.values);
      if (outcome.residual <= Math.max(this.rule.tolerance, 1e-10)) return solved([outcome]);
    }
    const between = new Float64Array(rows);
    const root = (v: Float64Array, into: Float64Array) => weighByRoot(system.curvature, v, into);
    const weighted = damped(
      {
        rows,
        columns,
        multiply(v, into) {
          jvp(v, between);
          root(between, into);
        },
        multiplyTransposed(u, into) {
          root(u, between);
          vjp(between, into);
        },
      },
      relative,
    );
    if (system.target === 'τ') {
      const b = new Float64Array(weighted.rows);
      root(system.values, b.subarray(0, rows));
      return solved([this.bidiagonalize(weighted, b)]);
    }
    // (Aᵀ A)⁺ g = A⁺ (Aᵀ)⁺ g.
    const g = new Float64Array(columns);
    vjp(system.values, g);
    const first = this.bidiagonalize(transposed(weighted), g);
    return solved([first, this.bidiagonalize(weighted, first.x)]);
  }

  private bidiagonalize(a: LinearOperator, b: Float64Array): BidiagonalOutcome {
    const { tolerance, iterations } = this.rule;
    const affordable = Math.floor(MOST_KEPT / (a.rows + a.columns));
    return solveByBidiagonalization(a, b, { tolerance, iterations: Math.max(1, Math.min(iterations, affordable)) });
  }

  /** δ = ∇L / λ. */
  private dividedByDamping(relative: number): Solution {
    const { system, delta } = this;
    const gamma = system.values.slice();
    if (system.target === 'τ') {
      weighByRoot(system.curvature, system.values, gamma);
      weighByRoot(system.curvature, gamma.slice(), gamma);
    }
    system.products.vjp(gamma, delta);
    for (let k = 0; k < delta.length; k++) delta[k] /= relative;
    return { form: 'damping alone', iterations: 0, residual: 0, converged: true, rank: null, condition: 1 };
  }

  /** scale = 1 / diagonal of J Jᵀ + λ H⁻¹. */
  private precondition(relative: number): void {
    const { scale, along, rotation } = this;
    const { products, curvature, diagonal } = this.system;
    if (rotation) {
      rotation.update(relative);
      return;
    }
    if (diagonal) scale.set(diagonal);
    else if (relative === 0) scale.fill(1);
    else {
      // Estimates the mean of the diagonal by one product with fixed random signs (Hutchinson).
      scale.set(irregularSigns(scale.length));
      products.vjp(scale, along);
      scale.fill(along.reduce((sum, value) => sum + value * value, 0) / scale.length);
    }
    const floor = 1e-12 * scale.reduce((a, b) => Math.max(a, b), 0);
    for (let i = 0; i < scale.length; i++) {
      const axis = curvature.axis ? curvature.axis.inverse * curvature.axis.u[i] ** 2 : 0;
      const added = relative === 0 ? 0 : relative * (curvature.inverse[i] + axis);
      scale[i] = 1 / (Math.max(scale[i], floor) + added);
    }
  }
}

/** Combines the outcomes of consecutive systems, of which the last one has the solution. */
function solved(outcomes: readonly BidiagonalOutcome[]): { solution: Solution; x: Float64Array } {
  const last = outcomes[outcomes.length - 1];
  return {
    x: last.x,
    solution: {
      form: 'bidiagonalization',
      iterations: outcomes.reduce((sum, { iterations }) => sum + iterations, 0),
      residual: Math.max(...outcomes.map(({ residual, normalResidual }) => Math.min(residual, normalResidual))),
      converged: outcomes.every(({ converged }) => converged),
      // Only a part of the singular values is visible from the right-hand side.
      rank: null,
      // The condition number of Aᵀ A, as for all solvers.
      condition: last.condition === null ? null : last.condition ** 2,
    },
  };
}
