/** Solves for one natural gradient step with care: ranks found, rows weighted, every Fisher information. */
import type { CompiledModule } from '../../compiler/module.ts';
import type { NaturalMetric } from '../../optimizers/optimizer.ts';
import type { Problem } from '../../problems/problem.ts';
import type { Model } from '../model.ts';
import { areFinite } from '../pace.ts';
import type { Space } from './gram.ts';
import { addOuterProducts, type MetricAt, populationMetric } from './populationMetric.ts';
import { type Metric, predictorCondition, solvePredictor } from './predictorSpace.ts';
import { type GramValues, samplesCondition, solveSamples } from './sampleSpace.ts';
import type { ExampleWeights } from './weights.ts';

/** What the program has computed at the present parameters. */
export interface CurvatureValues {
  module: CompiledModule;
  gram: GramValues;
  weights: ExampleWeights;
  /** Where c of the step Jᵀ c belongs. */
  coefficients: Float64Array;
}

export class CarefulSolver {
  private readonly gamma: Float64Array;
  /** H of the population, or null for the training inputs. */
  private readonly metricAt: MetricAt | null;

  constructor(
    private readonly model: Model,
    optimizer: NaturalMetric,
    problem: Problem,
    seed: number,
    private readonly space: Space,
    private readonly curvature: CurvatureValues,
  ) {
    this.gamma = new Float64Array(curvature.coefficients.length);
    const isPopulation = optimizer.fisher === 'population';
    this.metricAt = isPopulation ? populationMetric(problem, model.data, optimizer.fisherSamples, seed) : null;
  }

  /** Writes the coefficients for damping λ; returns the numerical rank. */
  solve(damping: number): number {
    const { weights, gram, coefficients } = this.curvature;
    if (this.space === 'samples') return solveSamples(gram, weights, damping, coefficients);
    const system = this.metricAt ? this.populationSystem(this.metricAt, damping) : this.trainSystem(damping);
    return solvePredictor(gram, system.metric, this.gamma, system.damping, coefficients);
  }

  /** The condition number of the system at the values that the program has computed; null where it is not known. */
  condition(damping: number): number | null {
    const { weights, gram } = this.curvature;
    if (!areFinite(gram.values)) return null;
    if (this.space === 'samples') return samplesCondition(gram, weights, damping);
    const system = this.metricAt ? this.populationSystem(this.metricAt, damping) : this.trainSystem(damping);
    return predictorCondition(gram, system.metric, this.gamma.length, system.damping);
  }

  /** ∂L/∂w and H over the training inputs, both in units of e^{−s}, and the damping in the same units. */
  private trainSystem(damping: number): { metric: Metric; damping: number } {
    const { weights } = this.curvature;
    const { train } = this.model.data;
    const d = this.gamma.length;
    this.gradient(1);
    const values = new Float64Array(d * d);
    if (train.kind === 'rows') {
      addOuterProducts(values, train.values, train.count, d, (i) => weights.curvature[i] / train.count);
    }
    return { metric: { kind: 'dense', values }, damping: damping * Math.exp(weights.shift) };
  }

  /** The population's H does not shrink with the training losses: ∂L/∂w in true units. */
  private populationSystem(metricAt: MetricAt, damping: number): { metric: Metric; damping: number } {
    this.gradient(Math.exp(-this.curvature.weights.shift));
    const { predictor } = this.model;
    if (predictor === null) throw new Error('a population metric is over predictors');
    return { metric: metricAt(this.curvature.module.view(predictor)), damping };
  }

  /** γ = ∂L/∂w, scaled. */
  private gradient(unit: number): void {
    const { gamma } = this;
    const { slope } = this.curvature.weights;
    const { train } = this.model.data;
    const scale = unit / slope.length;
    gamma.fill(0);
    for (let i = 0; i < slope.length; i++) {
      const weight = scale * slope[i];
      if (train.kind === 'entries') gamma[train.indices[i]] += weight;
      else for (let j = 0; j < gamma.length; j++) gamma[j] += weight * train.values[i * gamma.length + j];
    }
  }
}
