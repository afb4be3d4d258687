/** The population of a Fisher information. */
import { type AnyProblemDescription, populationOf } from '../../problems/index.ts';
import type { InputRows, ProblemData } from '../../problems/problem.ts';
import { curvatureAt } from '../lossHead.ts';

/** E[S(r z)] and E[S(r z) z²] for z ~ N(0, 1). */
export function gaussianMoments(r: number): [number, number] {
  // In t = r z the sigmoid's curvature has width 1 for any ‖w‖; for small ‖w‖ the Gaussian is narrower.
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

/** Whether the population of a problem is its own data: the training inputs first, then the test inputs. */
export function isOwnPopulation(problem: AnyProblemDescription): boolean {
  return populationOf(problem).inputs === 'own';
}

/** Unlabeled inputs of the population: the data's own training and test inputs, or fresh samples. */
export function populationInputs(
  problem: AnyProblemDescription,
  data: ProblemData,
  fisherSamples: number,
  seed: number,
): InputRows {
  const { inputs } = populationOf(problem);
  if (data.train.kind !== 'rows' || inputs === null) throw new Error('positions in a matrix are not drawn');
  if (inputs !== 'own') return inputs(fisherSamples, problem.seed ?? seed);
  const { test } = data;
  if (test?.kind !== 'rows') return data.train;
  const values = new Float64Array(data.train.values.length + test.values.length);
  values.set(data.train.values);
  values.set(test.values, data.train.values.length);
  return { ...data.train, count: data.train.count + test.count, values };
}
