import { describe, expect, it } from 'vitest';
import type { SampleBatch } from '../../../../extension/lab/results.ts';
import { functionSpaceOf, shownSeed } from '../../../../webview/charts/functionSpace.ts';
import { trajectoryPlot } from '../../../../webview/charts/trajectoryPlot.ts';
import { chartInput } from '../chartInput.ts';
import { batch, result, grid as small } from '../fixtures.ts';

const grid = { ...small, problem: { ...small.problem, predictorShape: [3] } };

function withPath(run: number, points: number[][]): SampleBatch {
  const steps = points.map((_, i) => i);
  return {
    ...batch(
      run,
      steps,
      steps.map(() => 1),
    ),
    snapshots: {
      step: Float64Array.from(steps),
      time: Float64Array.from(steps, (step) => step / 10),
      predictors: Float32Array.from(points.flat()),
      outputs: Float32Array.from(steps),
    },
  };
}

const line = (to: number[], count = 11) =>
  Array.from({ length: count }, (_, i) => to.map((x) => (x * i) / (count - 1)));

describe('the runs in function space', () => {
  it('are projected on the plane in which they differ most', () => {
    const samples = [withPath(0, line([10, 0, 0])), withPath(4, line([0, 4, 0.01]))];
    const space = functionSpaceOf(chartInput({ grid, view: { samples } }))!;
    expect(space).toMatchObject({ space: 'predictors', isPlane: false, seeds: [1] });
    const [a, b] = space.paths;
    const span = (values: Float64Array) => Math.abs(values.at(-1)! - values[0]);
    expect(Math.hypot(span(a.x), span(a.y))).toBeCloseTo(10, 4);
    expect(Math.hypot(span(b.x), span(b.y))).toBeCloseTo(4, 2);
    expect(space.explained[0] + space.explained[1]).toBeCloseTo(1, 4);
  });

  it('are those of the seed that was chosen, or of all', () => {
    const samples = [withPath(0, line([1, 0, 0])), withPath(1, line([0, 1, 0]))];
    const seeds = (seed: number | 'all') =>
      functionSpaceOf(chartInput({ grid, view: { samples }, preferences: { seed } }))!.paths.map(({ run }) => run.seed);
    expect([seeds(1), seeds(2), seeds('all')]).toEqual([[1], [2], [1, 2]]);
    expect(shownSeed(chartInput({ grid, preferences: { seed: 99 } }))).toBe(1);
  });

  it('end where their results are', () => {
    const samples = [withPath(0, line([1, 0, 0]))];
    const runs = [result(0, 1, 1, { time: 5, steps: 50, predictor: Float64Array.of(2, 0, 0) })];
    const [path] = functionSpaceOf(chartInput({ grid, view: { samples, runs } }))!.paths;
    expect(path.step.at(-1)).toBe(50);
    expect(Math.abs(path.x.at(-1)! - path.x[0])).toBeCloseTo(2);
  });

  it('are drawn without those that diverged, which set neither plane nor axes', () => {
    const samples = [0, 2, 4].map((id) => withPath(id, line([1, id, 0])));
    const wild = withPath(6, line([1e30, -1e36, 1e35]));
    const running = chartInput({ grid, view: { samples: [...samples, wild] } });
    const { spec, space, caption } = trajectoryPlot(running, null);
    expect(space?.paths.find(({ run }) => run.id === 6)?.isFar).toBe(true);
    expect(Math.max(...[spec.x, spec.y].flatMap(({ min, max }) => [Math.abs(min), Math.abs(max)]))).toBeLessThan(20);
    expect(caption).toContain('Too far away to show: 1.');
    const runs = [result(6, 1, 1, { diverged: 10 })];
    const ended = trajectoryPlot(chartInput({ grid, view: { samples: [...samples, wild], runs } }), null);
    expect(ended.space?.paths).toHaveLength(3);
    expect(ended.caption).toContain('Left out: 1 that diverged.');
  });
});

describe('the picture of the trajectories', () => {
  it('has equal scales, unless they would press the paths onto a line', () => {
    const square = trajectoryPlot(
      chartInput({ grid, view: { samples: [withPath(0, line([3, 0, 0])), withPath(4, line([0, 3, 0]))] } }),
      null,
    );
    expect(square.spec.isEqual).toBe(true);
    expect(square.caption).toContain('Equal scales');
    const flat = trajectoryPlot(
      chartInput({ grid, view: { samples: [withPath(0, line([30, 0.2, 0])), withPath(4, line([30, 0, 0]))] } }),
      null,
    );
    expect(flat.spec.isEqual).toBe(false);
    expect(flat.caption).toMatch(/Stretched: equal scales would draw the 2nd direction \d+ times flatter/);
  });

  it('names the optimizer at each end', () => {
    const { spec } = trajectoryPlot(
      chartInput({ grid, view: { samples: [withPath(0, line([3, 0, 0])), withPath(2, line([0, 3, 0]))] } }),
      null,
    );
    expect(spec.marks.flatMap((mark) => (mark.kind === 'label' ? mark.text : []))).toEqual(['GD', 'NGD']);
  });
});
