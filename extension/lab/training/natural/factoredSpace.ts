/**
 * Natural gradients by a Cholesky factorization of a Gram matrix K = J Jᵀ, in the space of the training outputs or of
 * the predictor, in compiled code. Forming K squares the condition number of J. If that is too large, which the
 * compiled code detects in each step, the step is solved with the Jacobian itself.
 */
import { reverse } from '../../compiler/autodiff/reverse.ts';
import type { NodeId } from '../../compiler/graph.ts';
import type { Entry } from '../../compiler/lower/lower.ts';
import type { CompiledModule } from '../../compiler/module.ts';
import { sizeOf } from '../../compiler/shape.ts';
import { diagonalCondition } from '../../linearAlgebra/condition.ts';
import type { SolverReport } from '../../results.ts';
import { exampleCurvature } from '../lossHead.ts';
import { predictorOf } from '../model.ts';
import { areFinite } from '../pace.ts';
import { compileModel, MEASURE } from '../trainer.ts';
import { type CompiledCoefficients, compiledCoefficients } from './compiledStep.ts';
import { type Gram, gramOf, type Space } from './gram.ts';
import { RankRevealingSpace } from './rankRevealing/rankRevealingSpace.ts';
import type { CompiledSteps, StepSpace, StepSpaceTask } from './stepSpace.ts';
import { structureOf } from './structure.ts';
import { curvedCondition, type FactoredSystem, factoredIn, SystemProducts } from './systemCondition.ts';

/** The entries that write or take a step; the second one reuses the measurement of the same parameters. */
const DIRECT = 'direct';
const DIRECT_FROM_MEASURED = 'direct from measured';
/** The entry that computes the population quantities. */
const POPULATION = 'population';
/** The entry that only computes and factors the systems. */
const SYSTEMS = 'systems';
/** Systems of more equations are not factored once more for the report: it takes those of the last step. */
const LARGE = 256;

export class FactoredSpace implements StepSpace {
  readonly module: CompiledModule;
  readonly compiled?: CompiledSteps;
  readonly unsolved = null;
  rank: number | null = null;
  certainRank: number | null = null;
  private readonly damping: NodeId;
  private readonly systems: readonly FactoredSystem[];
  /** Null where the condition number is not that of one factored system. */
  private readonly products: SystemProducts | null;
  private readonly size: number;
  private readonly delta: Float64Array;
  /** The storage of a flow's step, one piece per parameter. */
  private readonly pieces: Float64Array[] = [];
  private fallback: RankRevealingSpace | null = null;
  private isFallenBack = false;
  /** Whether the systems of a step are in memory. */
  private hasSystems = false;

  /** @returns null if the model's Gram matrix has no structure or the Fisher information has no compiled form */
  static create(task: StepSpaceTask, space: Space): FactoredSpace | null {
    const { model, settings, problem } = task;
    const { g } = model;
    const gram = gramOf(model, structureOf(model), space);
    if (gram === null) return null;
    const damping = typeof settings.damping === 'number' ? g.scalar(settings.damping) : g.state('damping', []);
    const example = exampleCurvature(model, settings.fisher);
    const coefficients = compiledCoefficients({
      model,
      settings,
      problem,
      space,
      gram,
      example,
      damping,
      isChecked: true,
    });
    return coefficients && new FactoredSpace(task, space, gram, coefficients, damping);
  }

  private constructor(
    private readonly task: StepSpaceTask,
    private readonly space: Space,
    private readonly gram: Gram,
    private readonly coefficients: CompiledCoefficients,
    damping: NodeId,
  ) {
    const { model, settings, rate } = task;
    const { g, parameters } = model;
    const { c, population } = coefficients;
    const z = space === 'samples' ? model.trainOutputs : predictorOf(model);
    const steps = reverse(g, [{ node: z, derivative: c }], parameters);
    const assignments = parameters.map((state, i) => ({
      state,
      value: g.subtract(state, g.multiply(g.scalar(rate ?? 0), steps[i])),
    }));
    const direct: Entry = rate === null ? { name: DIRECT, outputs: steps } : { name: DIRECT, outputs: [], assignments };
    const entries: Entry[] = [direct];
    // Only updates follow a measurement; flows evaluate the step at arbitrary points.
    if (rate !== null) entries.push({ ...direct, name: DIRECT_FROM_MEASURED, after: [MEASURE] });
    if (population) entries.push({ name: POPULATION, outputs: population.outputs });
    this.systems = factoredIn(g.graph, c);
    const factored = this.systems.flatMap(({ matrix, factor }) => [matrix, factor]);
    entries.push({ name: SYSTEMS, outputs: [gram.node, ...factored] });
    const isCurved = space === 'predictor' && settings.fisher === 'train';
    this.products = isCurved || !this.systems[0] ? null : new SystemProducts(g, this.systems[0], SYSTEMS);
    entries.push(...(this.products?.entries ?? []));
    const changing = typeof settings.damping === 'number' ? [] : [damping];
    const vectors = this.products ? [this.products.vector] : [];
    this.damping = damping;
    this.module = compileModel(model, entries, [...changing, ...(population?.states ?? []), ...vectors]);
    this.size = sizeOf(g.shapeOf(z));
    this.delta = new Float64Array(model.parameterCount);
    if (rate !== null)
      this.compiled = { take: (times, from) => this.take(times, from), setDamping: (value) => this.setDamping(value) };
    else this.pieces = steps.map((node) => this.module.view(node));
  }

  solve(damping: number): Float64Array {
    const { module, delta, pieces } = this;
    if (pieces.length > 0) {
      this.setDamping(damping);
      this.run(DIRECT, 1);
      let at = 0;
      for (const piece of pieces) {
        delta.set(piece, at);
        at += piece.length;
      }
      if (areFinite(delta)) {
        this.succeed();
        return delta;
      }
    }
    this.isFallenBack = true;
    const fallback = this.fallbackSpace();
    fallback.module.memory.set(module.memory.subarray(0, delta.length));
    const step = fallback.solve(damping);
    this.rank = fallback.rank;
    this.certainRank = fallback.certainRank;
    return step;
  }

  report(): SolverReport {
    const { task, space, size, rank } = this;
    const { settings, model } = task;
    if (this.isFallenBack) return { ...this.fallbackSpace().report(), solver: space, size };
    const hasFiniteParameters = areFinite(this.module.memory.subarray(0, model.parameterCount));
    return {
      solver: space,
      fisher: settings.fisher,
      rank: rank ?? size,
      size,
      condition: hasFiniteParameters ? this.condition() : null,
    };
  }

  private condition(): number | null {
    const { module, gram, size } = this;
    if (!this.hasSystems || size <= LARGE || gram.kind === 'diagonal') module.entry(SYSTEMS)(1);
    if (this.products) return this.products.condition(module);
    return gram.kind === 'diagonal' && this.systems.length === 0
      ? diagonalCondition(module.view(gram.node))
      : curvedCondition(module, this.systems, gram);
  }

  private take(times: number, isMeasured: boolean): boolean {
    if (isMeasured) {
      this.run(DIRECT_FROM_MEASURED, 1);
      if (times > 1) this.run(DIRECT, times - 1);
    } else this.run(DIRECT, times);
    const isSolved = areFinite(this.module.memory.subarray(0, this.delta.length));
    this.hasSystems = isSolved;
    if (isSolved) this.succeed();
    return isSolved;
  }

  private run(entry: string, times: number): void {
    const { module } = this;
    const { population } = this.coefficients;
    if (!population) {
      module.entry(entry)(times);
      return;
    }
    for (let t = 0; t < times; t++) {
      module.entry(POPULATION)(1);
      population.write(module);
      module.entry(entry)(1);
    }
  }

  private setDamping(value: number): void {
    if (typeof this.task.settings.damping !== 'number') this.module.view(this.damping)[0] = value;
  }

  private succeed(): void {
    this.rank = this.size;
    this.certainRank = this.size;
    this.isFallenBack = false;
  }

  private fallbackSpace(): RankRevealingSpace {
    const { model, settings, problem, seed } = this.task;
    this.fallback ??= new RankRevealingSpace(model, settings, problem, seed);
    return this.fallback;
  }
}
