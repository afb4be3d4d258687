/** Natural gradients in the space of the parameters, p × p: for models with fewer parameters than outputs. */
import type { CompiledModule } from '../../compiler/module.ts';
import { factorCholesky, solveCholesky } from '../../linearAlgebra/cholesky.ts';
import { solveSymmetric } from '../../linearAlgebra/pseudoinverse.ts';
import type { NaturalGradientDescent } from '../../optimizers/optimizer.ts';
import type { Problem } from '../../problems/problem.ts';
import type { SolverReport } from '../../results.ts';
import type { Model } from '../model.ts';
import { compileModel, type Trainer } from '../trainer.ts';
import { evaluateJacobian, type JacobianProgram, jacobianProgram } from './jacobian.ts';
import { addOuterProducts, type MetricAt, populationMetric } from './populationMetric.ts';
import { exampleWeights, makeWeights } from './weights.ts';

export class ParameterSpace implements Trainer {
  readonly module: CompiledModule;
  private readonly samples: JacobianProgram;
  /** Rows of ∂w/∂θ, for a Fisher information over other inputs than the training inputs. */
  private readonly predictorRows: { program: JacobianProgram; metricAt: MetricAt } | null;
  private readonly weights;
  private rank = 0;

  constructor(
    private readonly model: Model,
    private readonly optimizer: NaturalGradientDescent,
    problem: Problem,
    seed: number,
  ) {
    this.samples = jacobianProgram(model, model.trainOutputs, 'output row');
    const entries = [this.samples.entry, { name: 'outputs', outputs: [model.trainOutputs, model.predictor] }];
    const states = [this.samples.seed];
    if (optimizer.fisher === 'population') {
      const program = jacobianProgram(model, model.predictor, 'predictor row');
      const metricAt = populationMetric(problem, model.data, optimizer.fisherSamples, seed);
      this.predictorRows = { program, metricAt };
      entries.push(program.entry);
      states.push(program.seed);
    } else {
      this.predictorRows = null;
    }
    this.module = compileModel(model, entries, states);
    this.weights = makeWeights(model.data.train.count);
  }

  step(times: number): void {
    for (let t = 0; t < times; t++) this.once();
  }

  report(): SolverReport {
    return { solver: 'parameters', fisher: this.optimizer.fisher, rank: this.rank, size: this.model.parameterCount };
  }

  private once(): void {
    const { model, module, optimizer, weights } = this;
    const p = model.parameterCount;
    const n = model.data.train.count;
    module.entry('outputs')(1);
    exampleWeights(
      model.data.loss,
      module.view(model.trainOutputs),
      model.data.trainTargets,
      optimizer.fisher,
      weights,
    );
    const rows = new Float64Array(n * p);
    evaluateJacobian(this.samples, module, p, rows);
    const gradient = new Float64Array(p);
    for (let i = 0; i < n; i++) for (let k = 0; k < p; k++) gradient[k] += (weights.slope[i] / n) * rows[i * p + k];
    const fisher = new Float64Array(p * p);
    let unit = Math.exp(weights.shift);
    if (this.predictorRows) {
      // The population's F does not shrink with the training losses: back to true units.
      for (let k = 0; k < p; k++) gradient[k] /= unit;
      unit = 1;
      this.populationFisher(fisher);
    } else {
      addOuterProducts(fisher, rows, n, p, (i) => weights.curvature[i] / n);
    }
    const step = this.solve(fisher, gradient, optimizer.damping * unit);
    for (let k = 0; k < p; k++) module.memory[k] -= optimizer.rate * step[k];
  }

  private populationFisher(into: Float64Array): void {
    if (!this.predictorRows) return;
    const { program, metricAt } = this.predictorRows;
    const p = this.model.parameterCount;
    const d = program.size;
    const rows = new Float64Array(d * p);
    evaluateJacobian(program, this.module, p, rows);
    const metric = metricAt(this.module.view(this.model.predictor));
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

  private solve(fisher: Float64Array, gradient: Float64Array, damping: number): Float64Array {
    const p = gradient.length;
    const factor = fisher.slice();
    for (let k = 0; k < p; k++) factor[k * p + k] += damping;
    if (factorCholesky(factor, p)) {
      this.rank = p;
      solveCholesky(factor, p, gradient);
      return gradient;
    }
    const { x, rank } = solveSymmetric(fisher, p, gradient, damping);
    this.rank = rank;
    return x;
  }
}
