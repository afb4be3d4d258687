import { describe, expect, it } from 'vitest';
import { pathsText, summarize } from '../../../extension/lab/metrics/finding.ts';
import { invariance, pathDifference, type Trajectory } from '../../../extension/lab/metrics/invariance.ts';
import { effectiveRank, norms } from '../../../extension/lab/metrics/norms.ts';
import { project } from '../../../extension/lab/metrics/projection.ts';
import { margins, quantities } from '../../../extension/lab/metrics/quantities.ts';
import type { RunResult } from '../../../extension/lab/results.ts';
import { sampleSteps } from '../../../extension/lab/training/sampling.ts';

const path = (points: number[][]): Trajectory => ({
  times: points.map((_, i) => i),
  points: points.map((point) => Float64Array.from(point)),
});

function run(id: number, parameterization: string, optimizer: string, seed: number, error: number): RunResult {
  return {
    ...{ id, point: null, parameterization, optimizer, seed, steps: 1, time: 1, engine: 'cpu', device: '', seconds: 0 },
    ...{ train: { loss: 0, error: 0 }, test: { loss: 0, error }, gap: { loss: 0, error }, margins: null, norms: null },
    ...{ predictor: null, outputs: new Float64Array() },
  };
}

describe('losses and errors', () => {
  it('are those of the definitions, also where the loss is as small as 1e-300', () => {
    const y = Float64Array.of(1, -1, 1);
    expect(quantities('logistic', Float64Array.of(2, 1, 0), y)).toEqual({
      loss: (Math.log(1 + Math.exp(-2)) + Math.log(1 + Math.E) + Math.log(2)) / 3,
      error: 2 / 3,
    });
    expect(quantities('logistic', Float64Array.of(690), Float64Array.of(1)).loss).toBeCloseTo(Math.exp(-690), 310);
    expect(quantities('logistic', Float64Array.of(690), Float64Array.of(1)).loss).toBeGreaterThan(0);
    expect(quantities('square', Float64Array.of(1, 3), Float64Array.of(0, 0))).toEqual({
      loss: 2.5,
      error: Math.sqrt(5),
    });
    expect(margins(Float64Array.of(2, -3, 1), y)).toEqual({ min: 1, mean: 2, max: 3 });
  });
});

describe('norms', () => {
  it('of vectors and matrices', () => {
    expect(norms(Float64Array.of(3, -4), [2])).toEqual({ l1: 7, l2: 5, max: 4 });
    const diagonal = norms(Float64Array.of(3, 0, 0, 0, 4, 0), [2, 3]);
    expect(diagonal.nuclear).toBeCloseTo(7, 12);
    expect(diagonal.spectral).toBeCloseTo(4, 12);
    expect(diagonal.frobenius).toBeCloseTo(5, 12);
    expect(effectiveRank([1, 1, 1, 0])).toBeCloseTo(3, 12);
    expect(effectiveRank([5, 0])).toBeCloseTo(1, 12);
  });
});

describe('paths', () => {
  const straight = path([
    [0, 0],
    [1, 0],
    [2, 0],
  ]);
  const bent = path([
    [0, 0],
    [1, 1],
    [2, 0],
  ]);

  it('differ by their largest distance, relative to the distance travelled', () => {
    expect(pathDifference(straight, straight)).toEqual({ distance: 0, startDistance: 0 });
    expect(pathDifference(straight, bent)).toEqual({ distance: 1 / 2, startDistance: 0 });
    expect(pathDifference(bent, straight)).toEqual({ distance: 1 / 2, startDistance: 0 });
  });

  it('differ by their starts at least', () => {
    const shifted = { ...straight, points: straight.points.map(([x, y]) => Float64Array.of(x, y + 0.5)) };
    expect(pathDifference(straight, shifted)).toEqual({ distance: 1 / 4, startDistance: 1 / 4 });
  });

  it('have no distance without a common time', () => {
    expect(pathDifference(straight, { times: [0, 0.5], points: bent.points.slice(0, 2) })).toBeNull();
  });

  it('are not one where one of them leaves all numbers, whichever comes first', () => {
    const far = path([
      [0, 0],
      [1e200, 0],
      [1e300, 1e300],
    ]);
    expect(pathDifference(straight, far)?.distance).toBeCloseTo(1, 12);
    const lost = path([
      [0, 0],
      [Number.NaN, 0],
      [1, 0],
    ]);
    expect(pathDifference(straight, lost)?.distance).toBeNaN();
    const paths = new Map([lost, straight, straight].map((one, id) => [id, one] as const));
    const runs = ['a', 'b', 'c'].map((name, id) => run(id, name, 'GD', 1, 0));
    expect(invariance(runs, paths, 'GD')?.distance).toBeNaN();
    expect(invariance([...runs].reverse(), paths, 'GD')?.distance).toBeNaN();
  });

  it('are projected on the directions in which they differ most', () => {
    const points = Array.from({ length: 30 }, (_, i) => [i, 0.1 * Math.sin(i), 7, 7 - 0.01 * (i % 2)]);
    const picture = project([{ run: 3, path: path(points) }], 'predictors', [
      { name: 'truth', point: Float64Array.of(29, 0, 7, 7) },
    ]);
    expect(picture?.axes).toBe('principal');
    expect(picture?.explained[0]).toBeGreaterThan(0.99);
    expect(Math.abs((picture?.runs[0].x[29] ?? 0) - (picture?.runs[0].x[0] ?? 0))).toBeCloseTo(29, 3);
    expect(picture?.targets[0].x).toBeCloseTo(picture?.runs[0].x[29] ?? Number.NaN, 1);
    expect(project([{ run: 0, path: straight }], 'predictors', [])?.axes).toBe('plane');
  });
});

describe('the finding', () => {
  const trajectories = new Map([
    [
      0,
      path([
        [0, 0],
        [1, 0],
      ]),
    ],
    [
      1,
      path([
        [0, 0],
        [0, 1],
      ]),
    ],
    [
      2,
      path([
        [0, 0],
        [1, 1],
      ]),
    ],
    [
      3,
      path([
        [0, 0],
        [1, 1.001],
      ]),
    ],
  ]);
  const runs = (errors: number[]) => [
    run(0, 'a', 'GD', 1, errors[0]),
    run(1, 'b', 'GD', 1, errors[1]),
    run(2, 'a', 'NGD', 1, errors[2]),
    run(3, 'b', 'NGD', 1, errors[3]),
  ];

  it('counts paths, and names the numbers', () => {
    const { sentence } = summarize(runs([0.3, 0.1, 0.35, 0.36]), trajectories, true);
    expect(sentence).toBe(
      'GD takes two paths (paths differ by up to 140 % of the distance travelled); NGD takes one path (0.071 %). ' +
        'Lowest test error (one seed): GD with ‘b’ 10 %, versus 35 % for the best NGD run.',
    );
  });

  it('has the same numbers for the lines of the optimizers', () => {
    const { paths, space } = summarize(runs([0.3, 0.1, 0.35, 0.36]), trajectories, true, 'predictors');
    expect(space).toBe('predictors');
    expect(paths.GD).toEqual({ count: 2, distance: Math.SQRT2, startDistance: 0 });
    expect(pathsText(paths.GD!)).toBe('2 paths: differ by up to 140 %');
    expect(paths.NGD?.count).toBe(1);
    expect(pathsText(paths.NGD!)).toBe('one path: differ by up to 0.071 %');
    expect(pathsText({ count: 1, distance: 0, startDistance: 0 })).toBe('one path: differ by up to 0 %');
    expect(pathsText({ count: 3, distance: Number.NaN, startDistance: 0 })).toBe(
      '3 paths: differ by more than can be measured',
    );
    expect(summarize(runs([0.3, 0.1, 0.35, 0.36]).slice(0, 1), trajectories, true)).toMatchObject({
      paths: { GD: null },
      space: null,
    });
  });

  it('says where parameterizations start at different predictors', () => {
    const from = (start: number[]) => path([start, [1, 0]]);
    const paths = new Map([
      [0, from([0, 0])],
      [1, from([0, 0.2])],
    ]);
    const { sentence } = summarize([run(0, 'a', 'GD', 1, 0.3), run(1, 'b', 'GD', 1, 0.3)], paths, true);
    expect(sentence).toMatch(
      /^GD takes two paths \(paths differ by up to 20 % of the distance travelled\); the initial predictors already differ by up to 20 %\./,
    );
  });

  it('sees no difference where the spread over the seeds is larger', () => {
    const all = [0.1, 0.3].flatMap((error, i) => [
      run(10 * i, 'a', 'GD', i + 1, error),
      run(10 * i + 1, 'a', 'NGD', i + 1, error + 0.02),
    ]);
    expect(summarize(all, new Map(), true).sentence).toMatch(
      /^No significant difference in test error between GD with ‘a’ \(20 % ± 14, n = 2\)/,
    );
  });
});

describe('sample steps', () => {
  it('are all steps of a short run, and at most 200 of a long one, dense at first', () => {
    expect(sampleSteps(3)).toEqual([0, 1, 2, 3]);
    const long = sampleSteps(1_000_000);
    expect(long.length).toBeLessThanOrEqual(200);
    expect(long.length).toBeGreaterThan(150);
    expect([long[0], long[1], long.at(-1)]).toEqual([0, 1, 1_000_000]);
    expect(long.every((step, i) => i === 0 || step > long[i - 1])).toBe(true);
  });
});
