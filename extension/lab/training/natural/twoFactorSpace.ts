/**
 * Natural gradients of a product of two matrices under a population Fisher information that is a multiple of J Jᵀ, J =
 * ∂W/∂θ: two singular value decompositions of the factors solve the system exactly, whatever its condition.
 */
import type { NodeId } from '../../compiler/graph.ts';
import type { CompiledModule } from '../../compiler/module.ts';
import { sizeOf } from '../../compiler/shape.ts';
import { type Dense, type FactorStep, factorStep } from '../../linearAlgebra/factorStep.ts';
import { populationOf } from '../../problems/index.ts';
import type { SolverReport } from '../../results.ts';
import { areFinite } from '../pace.ts';
import { compileModel } from '../trainer.ts';
import { firstDamping } from './damping.ts';
import { predictorSlope } from './predictorSlope.ts';
import type { StepSpace, StepSpaceTask } from './stepSpace.ts';
import { structureOf } from './structure.ts';

/** Entries of the predictor from which this takes less time than a factored Gram matrix (measured: 17 × 17). */
const FEWEST_ENTRIES = 289;

/** Singular values above this multiple of the cutoff are certain, independent of rounding. */
const CERTAIN = 1e3;

/** The factors, last first, and h of F = h Jᵀ J. */
interface TwoFactors {
  factors: [NodeId, NodeId];
  curvature: number;
}

export class TwoFactorSpace implements StepSpace {
  readonly module: CompiledModule;
  readonly unsolved = null;
  private readonly delta: Float64Array;
  /** The factors in the module's memory, and where their steps are in δ. */
  private readonly left: Dense & { at: number };
  private readonly right: Dense & { at: number };
  private readonly slope: Float64Array;
  private last: FactorStep | null = null;

  /** Null for other models and other kinds of Fisher information, and where something else is faster or asked for. */
  static create(task: StepSpaceTask): TwoFactorSpace | null {
    const found = twoFactorsOf(task);
    return found && new TwoFactorSpace(task, found);
  }

  private constructor(
    private readonly task: StepSpaceTask,
    private readonly found: TwoFactors,
  ) {
    const { model } = task;
    const { g, parameters } = model;
    const slope = predictorSlope(model);
    this.module = compileModel(model, [{ name: 'slope', outputs: [slope] }]);
    this.slope = this.module.view(slope);
    this.delta = new Float64Array(model.parameterCount);
    const [left, right] = found.factors.map((factor) => {
      const [rows, columns] = g.shapeOf(factor);
      const before = parameters.slice(0, parameters.indexOf(factor));
      const at = before.reduce((sum, node) => sum + sizeOf(g.shapeOf(node)), 0);
      return { rows, columns, values: this.module.view(factor), at };
    });
    [this.left, this.right] = [left, right];
  }

  solve(damping: number): Float64Array {
    const { module, slope, left, right, delta, found } = this;
    module.entry('slope')(1);
    const { curvature } = found;
    const target = slope.map((value) => value / curvature);
    const step = factorStep(left, right, target, damping / curvature, CERTAIN);
    delta.set(step.left, left.at);
    delta.set(step.right, right.at);
    this.last = step;
    return delta;
  }

  get rank(): number | null {
    return this.last?.rank ?? null;
  }

  get certainRank(): number | null {
    return this.last?.certainRank ?? null;
  }

  report(): SolverReport {
    const { task, module, slope, delta } = this;
    const hasFiniteParameters = areFinite(module.memory.subarray(0, delta.length));
    if (hasFiniteParameters && !this.last) this.solve(firstDamping(task.settings.damping));
    const size = slope.length;
    const dropped = Math.min(size, delta.length) - (this.rank ?? 0);
    return {
      solver: 'predictor',
      fisher: task.settings.fisher,
      rank: this.rank,
      size,
      ...(this.rank !== null && dropped > 0 ? { dropped } : {}),
      condition: hasFiniteParameters ? (this.last?.condition ?? null) : null,
    };
  }
}

function twoFactorsOf({ model, settings, problem }: StepSpaceTask): TwoFactors | null {
  const { predictor, g } = model;
  if (settings.fisher !== 'population' || settings.solver !== 'auto' || predictor === null) return null;
  if (sizeOf(g.shapeOf(predictor)) < FEWEST_ENTRIES) return null;
  const { curvature } = populationOf(problem);
  const structure = structureOf(model);
  if (curvature.kind !== 'scalar' || structure.kind !== 'product') return null;
  const [left, right, ...others] = structure.factors;
  if (left === undefined || right === undefined || others.length > 0) return null;
  return { factors: [left, right], curvature: curvature.value };
}
