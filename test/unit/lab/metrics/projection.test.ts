import { expect, it } from 'vitest';
import type { Trajectory } from '../../../../extension/lab/metrics/invariance.ts';
import { project } from '../../../../extension/lab/metrics/projection.ts';
import { required } from '../../required.ts';

const trajectory = (points: number[][]): Trajectory => ({
  times: points.map((_, i) => i),
  points: points.map((point) => Float64Array.from(point)),
});

it('paths are projected on the directions in which they differ most', () => {
  const points = Array.from({ length: 30 }, (_, i) => [i, 0.1 * Math.sin(i), 7, 7 - 0.01 * (i % 2)]);
  const picture = project([{ run: 3, path: trajectory(points) }], 'predictors', [
    { name: 'truth', point: Float64Array.of(29, 0, 7, 7) },
  ]);
  expect(picture?.axes).toBe('principal');
  expect(picture?.explained[0]).toBeGreaterThan(0.99);
  expect(Math.abs(required(picture?.runs[0].x[29]) - required(picture?.runs[0].x[0]))).toBeCloseTo(29, 3);
  expect(picture?.targets[0].x).toBeCloseTo(required(picture?.runs[0].x[29]), 1);
  expect(
    project(
      [
        {
          run: 0,
          path: trajectory([
            [0, 0],
            [1, 0],
            [2, 0],
          ]),
        },
      ],
      'predictors',
      [],
    )?.axes,
  ).toBe('plane');
});
