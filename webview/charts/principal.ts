/** The plane in which a cloud of points varies most. */

type Vector = Float64Array | Float32Array;

/** Rounds of subspace iteration; sufficient for pictures. */
const ROUNDS = 25;

/** A plane, and how much of the points' variance lies along each of its axes. */
export interface Plane {
  mean: Float64Array;
  axes: readonly [Float64Array, Float64Array];
  explained: [number, number];
}

/** The first two principal directions; two-dimensional points keep their own axes. */
export function principalPlane(points: readonly Vector[]): Plane | null {
  const dimension = points[0]?.length ?? 0;
  if (dimension === 0) return null;
  const mean = dimension === 2 ? new Float64Array(2) : meanOf(points, dimension);
  const axes: [Float64Array, Float64Array] =
    dimension === 2 ? [Float64Array.of(1, 0), Float64Array.of(0, 1)] : principalDirections(points, mean);
  return { mean, axes, explained: shares(points, axes) };
}

/** Where a point is in the plane. */
export function inPlane({ mean, axes }: Plane, point: Vector): [number, number] {
  return [offset(axes[0], point, mean), offset(axes[1], point, mean)];
}

function offset(axis: Vector, point: Vector, mean: Vector): number {
  let sum = 0;
  for (let i = 0; i < axis.length; i++) sum += axis[i]! * (point[i]! - mean[i]!);
  return sum;
}

function dot(a: Vector, b: Vector): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function meanOf(points: readonly Vector[], dimension: number): Float64Array {
  const mean = new Float64Array(dimension);
  for (const point of points) for (let i = 0; i < dimension; i++) mean[i]! += point[i]! / points.length;
  return mean;
}

/** Uses the Gram matrix of the points, because there are few points with possibly many entries. */
function principalDirections(points: readonly Vector[], mean: Float64Array): [Float64Array, Float64Array] {
  const centred = points.map((point) => mean.map((m, i) => point[i]! - m));
  const gram = centred.map(() => new Float64Array(centred.length));
  for (let a = 0; a < centred.length; a++) {
    for (let b = 0; b <= a; b++) gram[a]![b] = gram[b]![a] = dot(centred[a]!, centred[b]!);
  }
  // A fixed generic starting vector makes the picture deterministic.
  let weights = orthonormal(
    ...([1, 2].map((k) => Float64Array.from(centred, (_, a) => Math.cos((a + 1) * k * 1.61803398875))) as [
      Float64Array,
      Float64Array,
    ]),
  );
  for (let round = 0; round < ROUNDS; round++) {
    weights = orthonormal(
      Float64Array.from(gram, (row) => dot(row, weights[0])),
      Float64Array.from(gram, (row) => dot(row, weights[1])),
    );
  }
  const directionOf = (weight: Float64Array) => {
    const axis = new Float64Array(mean.length);
    centred.forEach((point, a) => {
      for (let i = 0; i < axis.length; i++) axis[i]! += weight[a]! * point[i]!;
    });
    return axis;
  };
  const axes = orthonormal(directionOf(weights[0]), directionOf(weights[1]));
  return [withSign(axes[0]), withSign(axes[1])];
}

/** The sign is stable while runs grow: the largest entry is positive. */
function withSign(axis: Float64Array): Float64Array {
  const largest = axis.reduce((best, x) => (Math.abs(x) > Math.abs(best) ? x : best), 0);
  return largest < 0 ? axis.map((x) => -x) : axis;
}

function orthonormal(first: Float64Array, second: Float64Array): [Float64Array, Float64Array] {
  const a = normalized(first, 0);
  const overlap = dot(a, second);
  const rest = second.map((x, i) => x - overlap * a[i]!);
  // What is left of a parallel vector is rounding.
  return [a, normalized(dot(rest, rest) > 1e-24 * dot(second, second) ? rest : new Float64Array(a.length), 1)];
}

function normalized(vector: Float64Array, fallback: number): Float64Array {
  const length = Math.sqrt(dot(vector, vector));
  if (length > 0 && Number.isFinite(length)) return vector.map((x) => x / length);
  return vector.map((_, i) => (i === fallback % vector.length ? 1 : 0));
}

/** The fraction of the points' variance along each axis. */
function shares(points: readonly Vector[], axes: readonly [Float64Array, Float64Array]): [number, number] {
  const mean = meanOf(points, axes[0].length);
  let total = 0;
  const along: [number, number] = [0, 0];
  for (const point of points) {
    for (let i = 0; i < mean.length; i++) total += (point[i]! - mean[i]!) ** 2;
    along[0] += offset(axes[0], point, mean) ** 2;
    along[1] += offset(axes[1], point, mean) ** 2;
  }
  return total > 0 ? [Math.min(1, along[0] / total), Math.min(1, along[1] / total)] : [0, 0];
}
