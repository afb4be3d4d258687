/** Ground-truth predictors of generated data. */
import { DefinitionError } from '../errors.ts';
import { norm } from '../linearAlgebra/vectors.ts';
import type { Options } from '../options.ts';
import { RandomStream } from '../random.ts';

/** Reads the option `sparsity`; null if it is not set. */
export function readSparsity(read: Options, block: string, dimension: number): number | null {
  const sparsity = read.has('sparsity') ? read.count('sparsity') : null;
  if (sparsity !== null && sparsity > dimension) {
    throw new DefinitionError(`${block}: 'sparsity' is ${sparsity}, which exceeds the ${dimension} dimensions`);
  }
  return sparsity;
}

/** Reads the option `seed`; null to use each run's seed. */
export function readSeed(read: Options): number | null {
  return read.has('seed') ? read.count('seed', undefined, 0) : null;
}

/** ±1 on the first `sparsity` coordinates, or a random unit vector if that is null. */
export function vectorTruth(dimension: number, sparsity: number | null, seed: number): Float64Array {
  const stream = new RandomStream(seed, 'truth');
  if (sparsity === null) {
    const direction = stream.gaussians(dimension);
    const length = norm(direction);
    return direction.map((x) => x / length);
  }
  return Float64Array.from({ length: dimension }, (_, i) => (i < sparsity ? (stream.uniform() < 0.5 ? -1 : 1) : 0));
}

/** A random matrix of the given rank, row-major, scaled to root mean square entries of 1. */
export function matrixTruth(rows: number, columns: number, rank: number, seed: number): Float64Array {
  const stream = new RandomStream(seed, 'truth');
  const left = stream.gaussians(rows * rank);
  const right = stream.gaussians(rank * columns);
  const truth = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < rank; k++) {
      for (let j = 0; j < columns; j++) truth[i * columns + j] += left[i * rank + k] * right[k * columns + j];
    }
  }
  const size = Math.sqrt(truth.reduce((sum, x) => sum + x * x, 0) / truth.length);
  return truth.map((x) => x / size);
}

/** @throws DefinitionError for a rank that exceeds the dimensions */
export function readRank(read: Options, block: string, rows: number, columns: number): number {
  const rank = read.count('rank');
  if (rank > Math.min(rows, columns)) {
    throw new DefinitionError(
      `${block}: 'rank' is ${rank}, which exceeds the smaller dimension of ${rows} × ${columns}`,
    );
  }
  return rank;
}

/** Describes problems with a linear ground truth in one line. */
export function describeLinearExamples(problem: { train: number; dimension: number; sparsity: number | null }): string {
  const { train, dimension, sparsity } = problem;
  const truth = sparsity === null ? '' : `, ${sparsity} of them relevant`;
  return `${train} examples in ${dimension} dimensions${truth}`;
}
