/**
 * Natural gradients of a product of two matrices under a population Fisher information that is a multiple of J Jᵀ, J =
 * ∂W/∂θ: two singular value decompositions of the factors solve the system exactly, whatever its condition.
 */
import type { NodeId } from '../../compiler/graph.ts';
import type { CompiledModule } from '../../compiler/module.ts';
import { sizeOf } from '../../compiler/shape.ts';
import { type Dense, type Diagonalization, type FactorSystem, factorSystem } from '../../linearAlgebra/factorSystem.ts';
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

/** A factor and its step in the module's memory, and where its step is in δ. */
interface Factor extends Dense {
  step: Float64Array;
  at: number;
}

/** The entry that computes the step from the system. */
const STEP = 'step';

export class TwoFactorSpace implements StepSpace {
  readonly module: CompiledModule;
  readonly unsolved = null;
  /** Entries of the predictor. */
  private readonly size: number;
  private readonly delta: Float64Array;
  private readonly left: Factor;
  private readonly right: Factor;
  /** The system of the current factors, in the module's memory. */
  private readonly system: Diagonalization;
  private last: Pick<FactorSystem, 'rank' | 'certainRank' | 'condition'> | null = null;

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
    const [w2, w1] = found.factors;
    const [m, n] = [g.shapeOf(w2)[0]!, g.shapeOf(w1)[1]!];
    const left = g.state('left singular vectors', [m, m]);
    const right = g.state('right singular vectors', [n, n]);
    const weights = g.state('weights', [m, n]);
    const target = g.multiply(g.reshape(predictorSlope(model), [m, n]), g.scalar(1 / found.curvature));
    const rotated = g.matmul(g.matmul(left, target), g.transpose(right));
    const x = g.matmul(g.matmul(g.transpose(left), g.multiply(weights, rotated)), right);
    const steps = [g.matmul(x, g.transpose(w1)), g.matmul(g.transpose(w2), x)] as const;
    const module = compileModel(model, [{ name: STEP, outputs: [...steps] }], [left, right, weights]);
    this.module = module;
    this.delta = new Float64Array(model.parameterCount);
    this.size = m * n;
    this.system = { left: module.view(left), right: module.view(right), weights: module.view(weights) };
    const [ofLeft, ofRight] = steps.map((step, position): Factor => {
      const factor = found.factors[position]!;
      const [rows, columns] = g.shapeOf(factor);
      const before = parameters.slice(0, parameters.indexOf(factor));
      const at = before.reduce((sum, node) => sum + sizeOf(g.shapeOf(node)), 0);
      return { rows: rows!, columns: columns!, values: module.view(factor), step: module.view(step), at };
    });
    [this.left, this.right] = [ofLeft!, ofRight!];
  }

  solve(damping: number): Float64Array {
    const { module, left, right, delta, found } = this;
    // The iteration of a decomposition does not end on NaN.
    if (!areFinite(left.values) || !areFinite(right.values)) {
      this.last = { rank: 0, certainRank: 0, condition: null };
      return delta.fill(Number.NaN);
    }
    const task = { left, right, damping: damping / found.curvature, certain: CERTAIN };
    const { rank, certainRank, condition } = factorSystem(task, this.system);
    module.entry(STEP)(1);
    for (const { step, at } of [left, right]) delta.set(step, at);
    this.last = { rank, certainRank, condition };
    return delta;
  }

  get rank(): number | null {
    return this.last?.rank ?? null;
  }

  get certainRank(): number | null {
    return this.last?.certainRank ?? null;
  }

  report(): SolverReport {
    const { task, module, size, delta } = this;
    const hasFiniteParameters = areFinite(module.memory.subarray(0, delta.length));
    if (hasFiniteParameters && !this.last) this.solve(firstDamping(task.settings.damping));
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
