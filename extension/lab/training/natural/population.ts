/** What is known of a problem's population, over which its Fisher information is averaged. */
import { gaussianInputs } from '../../problems/gaussianInputs.ts';
import type { Inputs, Problem, ProblemData } from '../../problems/problem.ts';
import { drawSeparableInputs } from '../../problems/separable.ts';
import { curvatureAt } from '../lossHead.ts';

/** The metric H in F = Jᵀ H J, J = ∂w/∂θ: a multiple of the identity, that of Gaussian inputs, or known by inputs alone. */
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
