import { describe, expect, it } from 'vitest';
import { pathsText, summarize } from '../../../../extension/lab/metrics/finding.ts';
import type { Trajectory } from '../../../../extension/lab/metrics/invariance.ts';
import type { RunResult } from '../../../../extension/lab/results.ts';

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

  it('writes very small numbers with their power of ten', () => {
    const near = new Map(trajectories);
    near.set(3, { times: [0, 1], points: [Float64Array.of(0, 0), Float64Array.of(1, 1 + 1e-8)] });
    expect(summarize(runs([0, 0, 0, 0]), near, true).sentence).toContain('NGD takes one path (7.1e-7 %)');
  });

  it('counts paths, and names the numbers', () => {
    const { sentence } = summarize(runs([0.3, 0.1, 0.35, 0.36]), trajectories, true);
    expect(sentence).toBe(
      'GD takes two paths (paths differ by up to 140 % of the distance travelled); NGD takes one path (0.071 %). ' +
        'Lowest test error (one seed): GD with ‘b’ 10 %, versus 35 % for the best NGD run.',
    );
  });

  it('says so where the paths are those of the outputs on the training data', () => {
    const { sentence } = summarize(runs([0.3, 0.1, 0.35, 0.36]), trajectories, true, 'training outputs');
    expect(sentence).toContain('(paths of the training outputs differ by up to 140 % of the distance travelled)');
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
    expect(sentence).toBe(
      'GD takes two paths from different starts (paths differ by up to 20 % of the distance travelled). ' +
        'Lowest test error: GD with ‘a’, 30 %. ‘a’ and ‘b’ start at different predictors, up to 20 % of the distance travelled apart.',
    );
  });

  it('says of a stopped grid only what its runs support', () => {
    const paths = new Map(
      [0, 1, 2].map((id) => [
        id,
        path([
          [0, 0],
          [1, 0],
        ]),
      ]),
    );
    const planned = ['a', 'b', 'c', 'd'].flatMap((name, i) => [
      run(i, name, 'NGD', 1, 0.3),
      run(10 + i, name, 'NGD', 2, 0.3),
    ]);
    const ended = planned.filter(({ id }) => id < 3);
    const { sentence } = summarize(ended, paths, true, 'predictors', planned);
    expect(sentence).toMatch(/^NGD takes one path in the 3 of 4 parameterizations with results \(/);
    const many = ['A', 'B', 'C', 'D'].flatMap((name, k) =>
      planned.map((one) => ({ ...one, id: one.id + 100 * k, optimizer: name })),
    );
    const known = new Map([...paths].flatMap(([id, one]) => [0, 1, 2, 3].map((k) => [id + 100 * k, one] as const)));
    expect(
      summarize(
        many.filter(({ id }) => id % 100 < 3),
        known,
        true,
        'predictors',
        many,
      ).sentence,
    ).toMatch(/^One path for the parameterizations with results under A \(3 of 4\), B \(3 of 4\)/);
  });

  it('does not count a seed that one parameterization lacks as another path', () => {
    const paths = new Map(
      [0, 1, 10].map((id) => [
        id,
        path([
          [0, 0],
          [1, id / 100],
        ]),
      ]),
    );
    const planned = [run(0, 'a', 'NGD', 1, 0.3), run(1, 'b', 'NGD', 1, 0.3), run(10, 'a', 'NGD', 2, 0.3)];
    expect(summarize(planned, paths, true).paths.NGD?.count).toBe(1);
  });

  it('has the paths at each point of a sweep', () => {
    const at = (scale: number) => ({ scale });
    const all = [0.1, 1].flatMap((scale, k) =>
      ['a', 'b'].map((name, i) => ({ ...run(2 * k + i, name, 'GD', 1, 0.3), point: at(scale) })),
    );
    const paths = new Map(
      all.map(({ id }) => [
        id,
        path([
          [0, 0],
          [1, id >= 2 ? id - 2 : 0],
        ]),
      ]),
    );
    const { pathsAt } = summarize(all, paths, true);
    expect(pathsAt?.map(({ GD }) => GD?.count)).toEqual([1, 2]);
    expect(pathsAt?.[0]?.GD?.distance).toBe(0);
    expect(summarize(all.slice(0, 2), paths, true).pathsAt).toBeUndefined();
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
