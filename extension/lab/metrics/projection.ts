/** Projects all runs in function space on the plane in which they vary most. */
import { dot } from '../linearAlgebra/vectors.ts';
import type { Projection } from '../results.ts';
import type { Trajectory } from './invariance.ts';

/** Number of points used to compute the principal components: the maximum per run, and the approximate total. */
const POINTS_PER_RUN = 40;
const POINTS = 160;
/** Rounds of subspace iteration; sufficient for plotting. */
const ROUNDS = 25;

/**
 * Projects trajectories on their first two principal components (two-dimensional predictors are not changed).
 * @param targets reference points in the same space; a ray goes from zero through its point
 */
export function project(
  runs: readonly { run: number; path: Trajectory }[],
  space: Projection['space'],
  targets: readonly { name: string; point: Float64Array; isRay?: boolean }[],
): Omit<Projection, 'seed'> | null {
  const each = Math.max(2, Math.min(POINTS_PER_RUN, Math.floor(POINTS / runs.length)));
  const thinned = runs.flatMap(({ path }) => thin(path.points, each));
  const cloud = [...thinned, ...targets.map(({ point }) => point)];
  const dimension = cloud[0]?.length ?? 0;
  if (dimension === 0 || cloud.some((point) => point.length !== dimension || !point.every(Number.isFinite)))
    return null;
  const isPlane = dimension === 2;
  const mean = isPlane ? new Float64Array(2) : meanOf(cloud);
  const axes = isPlane ? [Float64Array.of(1, 0), Float64Array.of(0, 1)] : principalDirections(cloud, mean);
  const at = (point: Float64Array) => axes.map((axis) => dot(axis, point) - dot(axis, mean));
  return {
    axes: isPlane ? 'plane' : 'principal',
    space,
    explained: shares(cloud, axes),
    runs: runs.map(({ run, path }) => {
      const projected = path.points.map(at);
      return { run, x: Float32Array.from(projected, ([x]) => x), y: Float32Array.from(projected, ([, y]) => y) };
    }),
    targets: targets.map(({ name, point, isRay = false }) => {
      const [x, y] = at(point);
      const [x0, y0] = at(new Float64Array(dimension));
      return { name, x, y, from: isRay ? { x: x0, y: y0 } : null };
    }),
  };
}

function thin<T>(items: readonly T[], count: number): T[] {
  if (items.length <= count) return [...items];
  return Array.from({ length: count }, (_, i) => items[Math.round((i * (items.length - 1)) / (count - 1))]);
}

function meanOf(points: readonly Float64Array[]): Float64Array {
  const mean = new Float64Array(points[0].length);
  for (const point of points) for (let i = 0; i < mean.length; i++) mean[i] += point[i] / points.length;
  return mean;
}

/**
 * The two leading eigenvectors of the covariance. Uses the Gram matrix of the points, because there are few points with
 * possibly many entries.
 */
function principalDirections(points: readonly Float64Array[], mean: Float64Array): Float64Array[] {
  const centred = points.map((point) => point.map((x, i) => x - mean[i]));
  const count = centred.length;
  const gram = centred.map(() => new Float64Array(count));
  for (let a = 0; a < count; a++) {
    for (let b = 0; b <= a; b++) gram[a][b] = gram[b][a] = dot(centred[a], centred[b]);
  }
  // A fixed generic starting vector makes the plot deterministic.
  let weights: Float64Array[] = [0, 1].map((k) =>
    Float64Array.from({ length: count }, (_, a) => Math.cos((a + 1) * (k + 1) * 1.61803398875)),
  );
  for (let round = 0; round < ROUNDS; round++) {
    weights = orthonormal(weights.map((weight) => Float64Array.from(gram, (row) => dot(row, weight))));
  }
  const axes = orthonormal(
    weights.map((weight) => {
      const axis = new Float64Array(mean.length);
      centred.forEach((point, a) => {
        for (let i = 0; i < axis.length; i++) axis[i] += weight[a] * point[i];
      });
      return axis;
    }),
  );
  // Fix the sign so that it is stable while runs grow: the largest entry is positive.
  return axes.map((axis) => {
    const largest = axis.reduce((best, x) => (Math.abs(x) > Math.abs(best) ? x : best), 0);
    return largest < 0 ? axis.map((x) => -x) : axis;
  });
}

function orthonormal([first, second]: Float64Array[]): Float64Array[] {
  const a = normalized(first, 0);
  const overlap = dot(a, second);
  return [
    a,
    normalized(
      second.map((x, i) => x - overlap * a[i]),
      1,
    ),
  ];
}

function normalized(vector: Float64Array, fallback: number): Float64Array {
  const length = Math.sqrt(dot(vector, vector));
  if (length > 0 && Number.isFinite(length)) return vector.map((x) => x / length);
  return vector.map((_, i) => (i === fallback % vector.length ? 1 : 0));
}

/** The fraction of the cloud's variance along each axis. */
function shares(points: readonly Float64Array[], axes: readonly Float64Array[]): [number, number] {
  const mean = meanOf(points);
  const offset = axes.map((axis) => dot(axis, mean));
  const square = dot(mean, mean);
  let total = 0;
  const along = [0, 0];
  for (const point of points) {
    total += Math.max(0, dot(point, point) - 2 * dot(point, mean) + square);
    axes.forEach((axis, k) => {
      along[k] += (dot(axis, point) - offset[k]) ** 2;
    });
  }
  return total > 0 ? [Math.min(1, along[0] / total), Math.min(1, along[1] / total)] : [0, 0];
}
