/** Natural gradients in the space of the parameters, p × p: for models with fewer parameters than outputs. */
import type { NodeId } from '../../compiler/graph.ts';
import type { CompiledModule } from '../../compiler/module.ts';
import { factorCholesky, solveCholesky } from '../../linearAlgebra/cholesky.ts';
import { conditionNumber } from '../../linearAlgebra/condition.ts';
import { solveSymmetric } from '../../linearAlgebra/pseudoinverse.ts';
import { firstDamping } from '../../optimizers/damping.ts';
import type { NaturalMetric } from '../../optimizers/optimizer.ts';
import type { Problem } from '../../problems/problem.ts';
import type { SolverReport } from '../../results.ts';
import { curvatureAt, exampleCurvature } from '../lossHead.ts';
import type { Model } from '../model.ts';
import { areFinite } from '../pace.ts';
import { compileModel } from '../trainer.ts';
import { type JacobianProgram, jacobianProgram } from './jacobian.ts';
import { layersJacobian } from './layers.ts';
import { addOuterProducts, type MetricAt, populationInputs, populationMetric } from './populationMetric.ts';
import type { StepSpace } from './stepSpace.ts';
import { type ExampleWeights, weightNodes, weightsIn } from './weights.ts';

export class ParameterSpace implements StepSpace {
  readonly module: CompiledModule;
  private readonly samples: JacobianProgram;
  /** For a Fisher information over other inputs than the training inputs, otherwise null. */
  private readonly population: Population | null;
  private readonly weights: ExampleWeights;
  private rank = 0;
  private fullest = 0;
  /** Of the last solution; before any, of the first. */
  private damping: number;

  constructor(
    private readonly model: Model,
    private readonly optimizer: NaturalMetric,
    problem: Problem,
    seed: number,
  ) {
    this.damping = firstDamping(optimizer.damping);
    this.samples = jacobianProgram(model, model.trainOutputs, 'output row');
    const point = model.predictor === null ? [] : [model.predictor];
    const example = exampleCurvature(model, optimizer.fisher);
    const outputs = [model.trainOutputs, ...weightNodes(example), ...point];
    const entries = [this.samples.entry, { name: 'outputs', outputs }];
    const states = [...this.samples.states];
    this.population =
      optimizer.fisher === 'population' ? populationOf(model, problem, optimizer.fisherSamples, seed) : null;
    if (this.population) {
      entries.push(this.population.program.entry);
      states.push(...this.population.program.states);
    }
    this.module = compileModel(model, entries, states);
    this.weights = weightsIn(this.module, example);
  }

  get failed(): boolean {
    return this.rank < this.fullest;
  }

  report(): SolverReport {
    const size = this.model.parameterCount;
    return { solver: 'parameters', fisher: this.optimizer.fisher, rank: this.rank, size, condition: this.condition() };
  }

  /** Of F + damping I at the present parameters. */
  private condition(): number | null {
    const p = this.model.parameterCount;
    if (!areFinite(this.module.memory.subarray(0, p))) return null;
    const { fisher, damping } = this.assemble(this.damping);
    for (let k = 0; k < p; k++) fisher[k * p + k] += damping;
    return conditionNumber(fisher, p);
  }

  /** δ = (F + damping I)⁻¹ ∇L at the parameters in the module's memory, [p]. */
  solve(damping: number): Float64Array {
    this.damping = damping;
    const system = this.assemble(damping);
    return this.solveSystem(system.fisher, system.gradient, system.damping);
  }

  /** F and ∇L in common units, and the damping in those of F. */
  private assemble(damping: number): { fisher: Float64Array; gradient: Float64Array; damping: number } {
    const { model, module, weights } = this;
    const p = model.parameterCount;
    const n = model.data.train.count;
    module.entry('outputs')(1);
    const rows = new Float64Array(n * p);
    this.samples.evaluate(module, p, rows);
    const gradient = new Float64Array(p);
    for (let i = 0; i < n; i++) for (let k = 0; k < p; k++) gradient[k] += (weights.slope[i] / n) * rows[i * p + k];
    const fisher = new Float64Array(p * p);
    let unit = Math.exp(weights.shift);
    if (this.population) {
      // The population's F does not shrink with the training losses: back to true units.
      for (let k = 0; k < p; k++) gradient[k] /= unit;
      unit = 1;
      this.populationFisher(this.population, fisher);
    } else {
      addOuterProducts(fisher, rows, n, p, (i) => weights.curvature[i] / n);
    }
    return { fisher, gradient, damping: damping * unit };
  }

  private populationFisher({ program, metricAt, at }: Population, into: Float64Array): void {
    const p = this.model.parameterCount;
    const d = program.size;
    const rows = new Float64Array(d * p);
    program.evaluate(this.module, p, rows);
    const metric = metricAt(this.module.view(at));
    if (metric.kind === 'diagonal') {
      addOuterProducts(into, rows, d, p, (i) => metric.values[i]);
      return;
    }
    if (metric.kind === 'scalar') {
      addOuterProducts(into, rows, d, p, () => metric.value);
      return;
    }
    for (let i = 0; i < d; i++) {
      for (let j = 0; j < d; j++) {
        const h = metric.values[i * d + j];
        for (let a = 0; a < p; a++) {
          const left = h * rows[i * p + a];
          for (let b = 0; b < p; b++) into[a * p + b] += left * rows[j * p + b];
        }
      }
    }
  }

  private solveSystem(fisher: Float64Array, gradient: Float64Array, damping: number): Float64Array {
    const p = gradient.length;
    const factor = fisher.slice();
    for (let k = 0; k < p; k++) factor[k * p + k] += damping;
    if (factorCholesky(factor, p)) {
      this.rank = p;
      this.fullest = p;
      solveCholesky(factor, p, gradient);
      return gradient;
    }
    const { x, rank } = solveSymmetric(fisher, p, gradient, damping);
    this.rank = rank;
    this.fullest = Math.max(this.fullest, rank);
    return x;
  }
}

/** F = Jᵀ H J with the rows of J that `program` computes, and H at the values of the node `at`. */
interface Population {
  program: JacobianProgram;
  at: NodeId;
  metricAt(values: Float64Array): ReturnType<MetricAt> | { kind: 'diagonal'; values: Float64Array };
}

function populationOf(model: Model, problem: Problem, fisherSamples: number, seed: number): Population {
  const { g, data, predictor } = model;
  if (predictor !== null) {
    const program = jacobianProgram(model, predictor, 'predictor row');
    return { program, at: predictor, metricAt: populationMetric(problem, data, fisherSamples, seed) };
  }
  const { count, dimension, values } = populationInputs(problem, data, fisherSamples, seed);
  const { outputs, layers } = model.outputsAt(g.constant(values, [count, dimension]));
  const program = layersJacobian(g, { outputs, layers: layers ?? [] }, 'population row');
  return {
    program,
    at: outputs,
    metricAt: (f) => ({ kind: 'diagonal', values: f.map((value) => curvatureAt(data.loss, value) / count) }),
  };
}
