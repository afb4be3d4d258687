/** A short way to train in a test: one run, on this thread. */
import { readTextOnly } from '../../../extension/lab/compiler/source/functionSource.ts';
import { dataset, elementwise } from '../../../extension/lab/index.ts';
import type { AnyOptimizer } from '../../../extension/lab/optimizers/index.ts';
import { buildPredictor } from '../../../extension/lab/parameterizations/build.ts';
import type { Parameterization } from '../../../extension/lab/parameterizations/parameterization.ts';
import { type AnyProblem, problemDescription } from '../../../extension/lab/problems/index.ts';
import { type Sample, type TrainedRun, train } from '../../../extension/lab/run.ts';

interface Setup {
  problem: AnyProblem;
  parameterization: Parameterization;
  optimizer: AnyOptimizer;
  /** Not needed for a flow. */
  steps?: number;
  seed?: number;
}

/**
 * The result, and all samples on the way.
 * @throws where there are no outputs, so that no loop of assertions over them is empty
 */
export function trained({
  problem,
  parameterization,
  optimizer,
  steps = 0,
  seed = 1,
}: Setup): TrainedRun & { samples: Sample[] } {
  const program = buildPredictor(parameterization, problem, readTextOnly);
  const identity = { id: 0, point: null, parameterization: 'p', optimizer: 'o', seed };
  const run = train({
    identity,
    problem: problemDescription(problem),
    program,
    optimizer,
    steps,
  });
  const samples: Sample[] = [];
  let next = run.next();
  for (; !next.done; next = run.next()) if (next.value) samples.push(next.value);
  if (next.value.outputs.length === 0) throw new Error('The run has no outputs.');
  return { ...next.value, samples };
}

/** The uniform numbers of the peers' generator: x ← 1664525 x + 1013904223 mod 2³². */
export function lcg(seed: number, count: number): Float64Array {
  let x = seed >>> 0;
  return Float64Array.from({ length: count }, () => {
    x = (Math.imul(1664525, x) + 1013904223) >>> 0;
    return x / 2 ** 32;
  });
}

/** Rows of Gaussians by Box and Muller, the cosine alone. */
export function gaussianRows(seed: number, rows: number, columns: number): number[][] {
  const u = lcg(seed, 2 * rows * columns);
  const value = (i: number) => Math.sqrt(-2 * Math.log(1 - u[2 * i])) * Math.cos(2 * Math.PI * u[2 * i + 1]);
  return Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => value(i * columns + j)));
}

/** Gaussian inputs with labels sign(x₁ − x₂ + x₃). */
export function sparseData(seed: number, rows: number, columns: number): { inputs: number[][]; labels: number[] } {
  const inputs = gaussianRows(seed, rows, columns);
  return { inputs, labels: inputs.map((x) => Math.sign(x[0] - x[1] + x[2])) };
}

/** Fewer examples than dimensions, and more. */
export const narrow = sparseData(11, 20, 40);
export const wide = sparseData(12, 80, 20);

/** Classification of such data. */
export const classify = (train: { inputs: number[][]; labels: number[] }): AnyProblem =>
  dataset({ train, loss: 'logistic' });

/** u² − v² from a small start. */
export const square = elementwise({ u: 0.1, v: 0.1 }, ({ u, v }) => u * u - v * v);

export function marginsOf(outputs: Float64Array, labels: readonly number[]): number[] {
  return labels.map((y, i) => y * outputs[i]);
}

export function norm(values: ArrayLike<number>): number {
  return Math.hypot(...Array.from(values));
}

/** The angle between two vectors, in radians. */
export function angle(a: ArrayLike<number>, b: ArrayLike<number>): number {
  // By the distance of the unit vectors: exact for small angles, where the arc cosine is not.
  const [na, nb] = [norm(a), norm(b)];
  const apart = norm(Array.from(a, (x, i) => x / na - b[i] / nb));
  return 2 * Math.asin(Math.min(1, apart / 2));
}
