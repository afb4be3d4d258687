/**
 * Natural gradients by conjugate gradients on products with the Fisher information: no matrix is formed, so that
 * neither the parameters nor the examples need be few. Forms of (Jᵀ H J + λ) δ = Jᵀ γ, J = ∂z/∂θ:
 *
 * - where J can have full row rank, (J Jᵀ + λ H⁻¹) c = H⁻¹ γ in the space of the outputs z, δ = Jᵀ c: S and 1/n cancel
 *   without damping, so that decaying curvature spoils nothing. Preconditioned by the diagonal of the matrix where the
 *   structure gives it (networks, entry-by-entry models), else by its mean. The last step's c is the first guess.
 * - otherwise damped least squares in the parameters, not preconditioned: a preconditioner there would give another
 *   solution than that of minimum norm. With damping the last step's c is the first guess.
 * - a gradient outside the range of F, for a population of few draws and without damping: F⁺ ∇L by two systems.
 *
 * All give the minimum-norm solution where there are many.
 */
import {
  ConjugateGradients,
  diagonalPreconditioner,
  type IterativeOutcome,
  LeastSquares,
  type Preconditioner,
  type StoppingRule,
} from '../../../linearAlgebra/conjugateGradients.ts';
import { firstDamping } from '../../../optimizers/damping.ts';
import type { NaturalMetric } from '../../../optimizers/optimizer.ts';
import type { Problem } from '../../../problems/problem.ts';
import type { SolverReport } from '../../../results.ts';
import type { Model } from '../../model.ts';
import { areFinite } from '../../pace.ts';
import type { StepSpace } from '../stepSpace.ts';
import { type FisherSystem, fisherSystem, rankBound, rowProduct } from './fisherSystem.ts';
import { weigh } from './metric.ts';
import { ProjectedSolver } from './projectedSolver.ts';

/** λ in units of the metric beyond which F is nothing beside it. */
const DAMPING_ALONE = 1e100;

/** Exact arithmetic would need no more than the side; rounding delays ill-conditioned systems, small ones the most. */
const FEWEST_ITERATIONS = 1000;
const MOST_ITERATIONS = 5000;

/** How a system was solved. */
type Form = 'rows' | 'parameters' | 'projection';

export class IterativeSpace implements StepSpace {
  readonly module;
  failed = false;
  private readonly system: FisherSystem;
  private readonly rule: StoppingRule;
  private readonly rowSolver: ConjugateGradients | null;
  private squares: LeastSquares | null = null;
  private projected: ProjectedSolver | null = null;
  /** Coefficients c of δ = Jᵀ c. */
  private readonly c: Float64Array;
  private readonly rhs: Float64Array;
  private readonly scale: Float64Array;
  private readonly preconditioner: Preconditioner;
  private readonly along: Float64Array;
  private readonly delta: Float64Array;
  /** At the first step J had not full row rank: no step asks again. */
  private isDeficient = false;
  private isFirst = true;
  private last: (IterativeOutcome & { form: Form }) | null = null;
  /** The largest residual of the steps that did not converge. */
  private worst = 0;
  /** Of the last solution; before any, of the first. */
  private damping: number;

  constructor(
    private readonly model: Model,
    private readonly metric: NaturalMetric,
    problem: Problem,
    seed: number,
  ) {
    this.damping = firstDamping(metric.damping);
    this.system = fisherSystem(model, metric, problem, seed);
    this.module = this.system.products.module;
    const { rows } = this.system.products;
    const p = model.parameterCount;
    const side = Math.min(rows, p);
    const iterations = metric.iterations ?? Math.min(MOST_ITERATIONS, Math.max(FEWEST_ITERATIONS, 2 * side));
    this.rule = { tolerance: metric.tolerance, iterations };
    this.rowSolver = rows <= rankBound(model, this.system) ? new ConjugateGradients(rows, this.rule) : null;
    [this.c, this.rhs, this.scale] = [0, 1, 2].map(() => new Float64Array(rows));
    this.preconditioner = diagonalPreconditioner(this.scale);
    [this.along, this.delta] = [0, 1].map(() => new Float64Array(p));
  }

  solve(damping: number): Float64Array {
    this.damping = damping;
    this.last = this.solveFrom(this.c, damping);
    const { converged, residual } = this.last;
    if (!converged) this.worst = Math.max(this.worst, Number.isFinite(residual) ? residual : 1);
    // A flow is better off with a shorter step than with a velocity that is far from solved.
    this.failed ||= !converged && !(residual <= Math.sqrt(this.metric.tolerance));
    return this.delta;
  }

  save(): () => void {
    const [c, worst] = [this.c.slice(), this.worst];
    return () => {
      this.c.set(c);
      this.worst = worst;
    };
  }

  /** Solves once more, from 0, for the sake of the condition number. */
  report(): SolverReport {
    const { last, metric, model, worst } = this;
    const isThere = areFinite(this.module.memory.subarray(0, model.parameterCount));
    let condition: number | null = null;
    let form: Form = last?.form ?? 'rows';
    if (isThere) {
      form = this.solveFrom(new Float64Array(this.c.length), this.damping).form;
      const solver = { rows: this.rowSolver, parameters: this.squares, projection: this.projected }[form];
      condition = solver?.condition() ?? null;
    }
    return {
      solver: 'iterative',
      fisher: metric.fisher,
      rank: null,
      size: form === 'rows' ? this.c.length : model.parameterCount,
      condition,
      iterations: last?.iterations ?? 0,
      ...(worst > 0 ? { residual: worst } : {}),
    };
  }

  /** Writes δ and c, which holds the first guess. */
  private solveFrom(c: Float64Array, damping: number): IterativeOutcome & { form: Form } {
    const { system, delta } = this;
    const { products, gamma } = system;
    system.evaluate();
    if (!areFinite(c)) c.fill(0);
    this.failed = false;
    const relative = damping / system.unit();
    if (!(relative < DAMPING_ALONE)) {
      products.pull(gamma, delta);
      for (let k = 0; k < delta.length; k++) delta[k] /= relative;
      return { iterations: 0, residual: 0, converged: true, singular: false, form: 'rows' };
    }
    if (this.rowSolver && !this.isDeficient) {
      const outcome = this.solveRows(this.rowSolver, relative, c);
      if (!outcome.singular) {
        this.isFirst = false;
        products.pull(c, delta);
        return { ...outcome, form: 'rows' };
      }
      c.fill(0);
      if (this.isFirst) this.isDeficient = true;
      else this.failed = true;
    }
    this.isFirst = false;
    if (relative === 0 && system.isTorn) {
      this.projected ??= new ProjectedSolver(system, this.along, this.rule);
      return { ...this.projected.solve(delta), form: 'projection' };
    }
    if (relative === 0) c.fill(0);
    this.squares ??= new LeastSquares(c.length, delta.length, this.rule);
    const operator = { ...products, weigh: (u: Float64Array, into: Float64Array) => weigh(system.metric, u, into) };
    const outcome = this.squares.solve(operator, gamma, relative, c);
    delta.set(this.squares.delta);
    return { ...outcome, form: 'parameters' };
  }

  private solveRows(solver: ConjugateGradients, relative: number, c: Float64Array): IterativeOutcome {
    const { system, along, rhs } = this;
    system.target(rhs);
    this.precondition(relative);
    return solver.solve(rowProduct(system, relative, along), rhs, this.preconditioner, c);
  }

  /** scale = 1 / diagonal of J Jᵀ + λ H⁻¹. */
  private precondition(relative: number): void {
    const { scale, along } = this;
    const { products, metric, diagonal } = this.system;
    if (diagonal) scale.set(diagonal);
    else if (relative === 0) scale.fill(1);
    else {
      // The mean of the diagonal is estimated by one product with fixed signs (Hutchinson).
      for (let i = 0; i < scale.length; i++) scale[i] = (Math.imul(i + 1, 0x9e3779b1) & 0x10000) === 0 ? 1 : -1;
      products.pull(scale, along);
      scale.fill(along.reduce((sum, value) => sum + value * value, 0) / scale.length);
    }
    const floor = 1e-12 * scale.reduce((a, b) => Math.max(a, b), 0);
    for (let i = 0; i < scale.length; i++) {
      const along = metric.axis ? metric.axis.inverse * metric.axis.u[i] ** 2 : 0;
      const damped = relative === 0 ? 0 : relative * (metric.inverse[i] + along);
      scale[i] = 1 / (Math.max(scale[i], floor) + damped);
    }
  }
}
