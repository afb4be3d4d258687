import { describe, expect, it } from 'vitest';
import { invariance, pathDifference, type Trajectory } from '../../../../extension/lab/metrics/invariance.ts';
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
});
