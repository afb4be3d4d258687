/** The metric H of the population Fisher information F = Jᵀ H J, J = ∂w/∂θ: as exactly as the problem allows. */
import { gaussianInputs } from '../../problems/gaussianInputs.ts';
import type { Inputs, Problem, ProblemData } from '../../problems/problem.ts';
import { drawSeparableInputs } from '../../problems/separable.ts';
import { curvatureAt } from '../lossHead.ts';
import type { Metric } from './predictorSpace.ts';

/** Computes H at a predictor. */
export type MetricAt = (predictor: Float64Array) => Metric;

/** What is known of a population: H a multiple of the identity, Gaussian inputs under the logistic loss, or inputs alone. */
export type PopulationForm = { kind: 'scalar'; value: number } | { kind: 'gaussian' } | { kind: 'inputs' };

export function populationForm(problem: Problem): PopulationForm {
  switch (problem.type) {
    case 'matrixCompletion':
    case 'givenCompletion':
      // All entries with equal weight.
      return { kind: 'scalar', value: 1 / (problem.rows * problem.columns) };
    case 'regression':
    case 'matrixSensing':
      // E[x xᵀ] = I.
      return { kind: 'scalar', value: 1 };
    case 'teacher':
      return problem.loss === 'logistic' ? { kind: 'gaussian' } : { kind: 'scalar', value: 1 };
    case 'separable':
      return problem.margin === 0 ? { kind: 'gaussian' } : { kind: 'inputs' };
    case 'dataset':
      return { kind: 'inputs' };
  }
}

export function populationMetric(problem: Problem, data: ProblemData, fisherSamples: number, seed: number): MetricAt {
  const form = populationForm(problem);
  if (form.kind === 'scalar') return () => form;
  if (form.kind === 'gaussian') return gaussianMetric;
  if (problem.type === 'dataset') return inputsMetric(data.test ? [data.train, data.test] : [data.train], data.loss);
  return inputsMetric([populationInputs(problem, data, fisherSamples, seed)], data.loss);
}

/**
 * E[S(w·x) x xᵀ] for x ~ N(0, I): with r = ‖w‖, a (I − ŵŵᵀ) + b ŵŵᵀ where a = E[S(r z)] and b = E[S(r z) z²].
 * The trapezoidal rule is exact to rounding for these analytic, decaying integrands.
 */
export function gaussianMetric(w: Float64Array): Metric {
  const d = w.length;
  const r = Math.hypot(...w);
  const [a, b] = gaussianMoments(r);
  const values = new Float64Array(d * d);
  for (let i = 0; i < d; i++) {
    for (let j = 0; j < d; j++) values[i * d + j] = r > 0 ? ((b - a) * w[i] * w[j]) / (r * r) : 0;
    values[i * d + i] += a;
  }
  return { kind: 'dense', values };
}

/** E[S(r z)] and E[S(r z) z²] for z ~ N(0, 1). */
export function gaussianMoments(r: number): [number, number] {
  // In t = r z the sigmoid's curvature has width 1 however long w is; for short w the Gaussian is the narrow one.
  const byOutput = r > 1;
  const step = byOutput ? 0.1 : 0.05;
  const end = byOutput ? 45 : 10;
  let a = 0;
  let b = 0;
  for (let x = -end; x <= end; x += step) {
    const z = byOutput ? x / r : x;
    const weight =
      (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * (byOutput ? step / r : step) * curvatureAt('logistic', r * z);
    a += weight;
    b += weight * z * z;
  }
  return [a, b];
}

/** Unlabeled inputs of the population: a data set's own, both training and test inputs; otherwise fresh draws. */
export function populationInputs(
  problem: Problem,
  data: ProblemData,
  fisherSamples: number,
  seed: number,
): Extract<Inputs, { kind: 'rows' }> {
  if (data.train.kind !== 'rows') throw new Error('positions in a matrix are not drawn');
  const chosen = problem.seed ?? seed;
  if (problem.type === 'separable') return drawSeparableInputs(problem, fisherSamples, chosen, 'fisher inputs');
  if (problem.type !== 'dataset') return gaussianInputs(fisherSamples, data.train.dimension, chosen, 'fisher inputs');
  const { test } = data;
  if (test?.kind !== 'rows') return data.train;
  const values = new Float64Array(data.train.values.length + test.values.length);
  values.set(data.train.values);
  values.set(test.values, data.train.values.length);
  return { ...data.train, count: data.train.count + test.count, values };
}

/** The mean of S x xᵀ over given inputs. */
function inputsMetric(sets: Inputs[], loss: ProblemData['loss']): MetricAt {
  return (w) => {
    const d = w.length;
    const values = new Float64Array(d * d);
    const total = sets.reduce((sum, set) => sum + set.count, 0);
    for (const set of sets) {
      if (set.kind !== 'rows') continue;
      addOuterProducts(values, set.values, set.count, d, (i) => {
        let f = 0;
        for (let j = 0; j < d; j++) f += set.values[i * d + j] * w[j];
        return curvatureAt(loss, f) / total;
      });
    }
    return { kind: 'dense', values };
  };
}

/** into += Σ_i weight(i) x_i x_iᵀ. */
export function addOuterProducts(
  into: Float64Array,
  x: Float64Array,
  count: number,
  d: number,
  weight: (i: number) => number,
): void {
  for (let i = 0; i < count; i++) {
    const h = weight(i);
    for (let j = 0; j < d; j++) {
      const left = h * x[i * d + j];
      for (let k = 0; k < d; k++) into[j * d + k] += left * x[i * d + k];
    }
  }
}
