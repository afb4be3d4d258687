/** Gaussian inputs with targets computed from them. */
import { RandomStream } from '../random.ts';
import type { InputRows, Population, PopulationCurvature, ProblemData } from './problem.ts';

/** `count` rows of x ~ N(0, I). */
export function gaussianInputs(count: number, dimension: number, seed: number, purpose: string): InputRows {
  const values = new RandomStream(seed, purpose).gaussians(count * dimension);
  return { kind: 'rows', count, dimension, values };
}

/** The targets x·w. */
export function linearTargets(inputs: InputRows, w: Float64Array): Float64Array {
  const { count, dimension, values } = inputs;
  return Float64Array.from({ length: count }, (_, i) => {
    let f = 0;
    for (let j = 0; j < dimension; j++) f += values[i * dimension + j] * w[j];
    return f;
  });
}

/** Adds Gaussian noise of the given standard deviation to targets. */
export function noisy(targets: Float64Array, deviation: number, seed: number): Float64Array {
  if (deviation === 0) return targets;
  const noise = new RandomStream(seed, 'target noise');
  return targets.map((y) => y + deviation * noise.gaussian());
}

/** The inputs and targets of a problem's data. */
export type DrawnExamples = Pick<ProblemData, 'train' | 'trainTargets' | 'test' | 'testTargets'>;

/** Noisy training examples and noise-free test examples of a linear ground truth with the square loss. */
export function linearExamples(
  { train, test, noise }: { train: number; test: number; noise: number },
  truth: Float64Array,
  seed: number,
): DrawnExamples {
  const inputs = gaussianInputs(train, truth.length, seed, 'train inputs');
  const testInputs = test > 0 ? gaussianInputs(test, truth.length, seed, 'test inputs') : null;
  return {
    train: inputs,
    trainTargets: noisy(linearTargets(inputs, truth), noise, seed),
    test: testInputs,
    testTargets: testInputs && linearTargets(testInputs, truth),
  };
}

/** x ~ N(0, I) as the population of a Fisher information. */
export function gaussianPopulation(dimension: number, curvature: PopulationCurvature): Population {
  return { curvature, inputs: (count, seed) => gaussianInputs(count, dimension, seed, 'fisher inputs') };
}
