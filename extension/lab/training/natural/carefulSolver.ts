/** Solves for one natural gradient step with care: ranks found, rows weighted, every Fisher information. */
import type { CompiledModule } from '../../compiler/module.ts';
import type { NaturalMetric } from '../../optimizers/optimizer.ts';
import type { Problem } from '../../problems/problem.ts';
import type { Model } from '../model.ts';
import type { Space } from './gram.ts';
import { addOuterProducts, type MetricAt, populationMetric } from './populationMetric.ts';
import { type Metric, solvePredictor } from './predictorSpace.ts';
import { type GramValues, solveSamples } from './sampleSpace.ts';
import { type ExampleWeights, exampleWeights, makeWeights } from './weights.ts';

/** What the program has computed at the present parameters. */
export interface CurvatureValues {
  module: CompiledModule;
  gram: GramValues;
  /** Where c of the step Jᵀ c belongs. */
  coefficients: Float64Array;
}

export class CarefulSolver {
  private readonly outputs: Float64Array;
  private readonly weights: ExampleWeights;
  private readonly gamma: Float64Array;
  /** H of the population, or null for the training inputs. */
  private readonly metricAt: MetricAt | null;

  constructor(
    private readonly model: Model,
    private readonly optimizer: NaturalMetric,
    problem: Problem,
    seed: number,
    private readonly space: Space,
    private readonly curvature: CurvatureValues,
  ) {
    this.outputs = curvature.module.view(model.trainOutputs);
    this.weights = makeWeights(this.outputs.length);
    this.gamma = new Float64Array(curvature.coefficients.length);
    const isPopulation = optimizer.fisher === 'population';
    this.metricAt = isPopulation ? populationMetric(problem, model.data, optimizer.fisherSamples, seed) : null;
  }

  /** Writes the coefficients; returns the numerical rank. */
  solve(): number {
    const { optimizer, weights, curvature } = this;
    const { data } = this.model;
    exampleWeights(data.loss, this.outputs, data.trainTargets, optimizer.fisher, weights);
    if (this.space === 'samples') {
      return solveSamples(curvature.gram, weights, optimizer.damping, curvature.coefficients);
    }
    const { metric, damping } = this.metricAt ? this.populationSystem(this.metricAt) : this.trainSystem();
    return solvePredictor(curvature.gram, metric, this.gamma, damping, curvature.coefficients);
  }

  /** ∂L/∂w and H over the training inputs, both in units of e^{−s}, and the damping in the same units. */
  private trainSystem(): { metric: Metric; damping: number } {
    const { weights, outputs } = this;
    const { train } = this.model.data;
    const d = this.gamma.length;
    this.gradient(1);
    const values = new Float64Array(d * d);
    if (train.kind === 'rows') {
      addOuterProducts(values, train.values, outputs.length, d, (i) => weights.curvature[i] / outputs.length);
    }
    return { metric: { kind: 'dense', values }, damping: this.optimizer.damping * Math.exp(weights.shift) };
  }

  /** The population's H does not shrink with the training losses: ∂L/∂w in true units. */
  private populationSystem(metricAt: MetricAt): { metric: Metric; damping: number } {
    this.gradient(Math.exp(-this.weights.shift));
    const { predictor } = this.model;
    if (predictor === null) throw new Error('a population metric is over predictors');
    return { metric: metricAt(this.curvature.module.view(predictor)), damping: this.optimizer.damping };
  }

  /** γ = ∂L/∂w, scaled. */
  private gradient(unit: number): void {
    const { gamma, weights, outputs } = this;
    const { train } = this.model.data;
    const scale = unit / outputs.length;
    gamma.fill(0);
    for (let i = 0; i < outputs.length; i++) {
      const weight = scale * weights.slope[i];
      if (train.kind === 'entries') gamma[train.indices[i]] += weight;
      else for (let j = 0; j < gamma.length; j++) gamma[j] += weight * train.values[i * gamma.length + j];
    }
  }
}
