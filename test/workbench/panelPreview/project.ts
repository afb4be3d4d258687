import type { Projection } from '../../../extension/lab/results.ts';

const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + value * b[i], 0);

/** Projects paths to their two first principal directions, by power iteration. */
export function project(
  paths: { run: number; predictors: Float64Array[] }[],
  targets: { name: string; value: Float64Array }[],
): Projection {
  const points = [...paths.flatMap((path) => path.predictors), ...targets.map((target) => target.value)];
  const size = points[0].length;
  const mean = new Float64Array(size);
  for (const point of points) for (let i = 0; i < size; i++) mean[i] += point[i] / points.length;
  const centred = points.map((point) => point.map((value, i) => value - mean[i]));
  const total = centred.reduce((sum, point) => sum + dot(point, point), 0);
  const directions: Float64Array[] = [];
  const explained: number[] = [];
  for (let k = 0; k < 2; k++) {
    let direction = Float64Array.from({ length: size }, (_, i) => Math.sin(i + 1 + k));
    let value = 0;
    for (let iteration = 0; iteration < 40; iteration++) {
      const next = new Float64Array(size);
      for (const point of centred) {
        const along = dot(point, direction);
        for (let i = 0; i < size; i++) next[i] += along * point[i];
      }
      for (const earlier of directions) {
        const along = dot(next, earlier);
        for (let i = 0; i < size; i++) next[i] -= along * earlier[i];
      }
      value = Math.hypot(...next);
      direction = next.map((entry) => entry / value);
    }
    directions.push(direction);
    explained.push(value / total);
  }
  const at = (point: Float64Array, k: number) => dot(point, directions[k]) - dot(mean, directions[k]);
  return {
    seed: 1,
    axes: 'principal',
    space: 'predictors',
    explained: [explained[0], explained[1]],
    runs: paths.map(({ run, predictors }) => ({
      run,
      x: Float32Array.from(predictors, (point) => at(point, 0)),
      y: Float32Array.from(predictors, (point) => at(point, 1)),
    })),
    targets: targets.map(({ name, value }) => ({ name, x: at(value, 0), y: at(value, 1) })),
  };
}
