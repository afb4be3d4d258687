import { describe, expect, it } from 'vitest';
import { ExperimentResult } from '../../../../extension/lab/metrics/experimentResult.ts';
import { summarize } from '../../../../extension/lab/metrics/finding.ts';
import type { RunResult } from '../../../../extension/lab/results.ts';

const path = (end: number) => ({ times: [0, 1], points: [Float64Array.of(0, 0), Float64Array.of(1, end)] });

function run(id: number, parameterization: string, error: number, more: Partial<RunResult> = {}): RunResult {
  return {
    ...{ id, point: null, parameterization, optimizer: 'GD', seed: (id % 4) + 1, steps: 10, time: 1 },
    ...{ engine: 'cpu', device: '', seconds: 0, margins: null, norms: null, predictor: null },
    ...{ train: { loss: error, error }, test: { loss: error, error }, gap: { loss: 0, error: 0 } },
    ...{ outputs: Float64Array.of(error) },
    ...more,
  };
}

const lost = { diverged: 3 };
const runs = [
  ...[run(0, 'a', 0.1), run(1, 'a', 0.3), run(2, 'a', 9e9, lost), run(3, 'a', Number.POSITIVE_INFINITY)],
  ...[run(4, 'b', 0.15), run(5, 'b', 0.15), run(6, 'b', 0.15), run(7, 'b', 0.15)],
  ...[0, 1, 2, 3].map((i) => run(8 + i, 'c', Number.NaN, lost)),
];
const paths = new Map(runs.map(({ id }) => [id, path(id === 2 ? 1e200 : id < 4 ? 0.5 : 0.5001)]));

describe('the finding', () => {
  it('counts the runs that did not finish, and takes no number from them', () => {
    const { sentence, paths: found } = summarize(runs, paths, false);
    expect(sentence).toContain('Lowest test RMSE: GD with ‘b’, 0.15 ± 0 (n = 4)');
    expect(sentence).toContain('GD with ‘a’: 2 of 4 diverged; GD with ‘c’: 4 of 4 diverged.');
    expect(found.GD).toMatchObject({ count: 1 });
    expect(found.GD?.distance).toBeLessThan(1e-3);
    expect(sentence).not.toMatch(/NaN|Infinity|∞|e9/);
  });

  it('says of how many runs the best cell is, and of which grid', () => {
    const survivor = [run(0, 'a', 1e-33), ...[1, 2, 3].map((id) => run(id, 'a', 9, lost))];
    expect(summarize(survivor, new Map(), false).sentence).toBe(
      'Lowest test RMSE: GD with ‘a’, 1.0e-33 (n = 1 of 4). GD with ‘a’: 3 of 4 diverged.',
    );
    const stopped = summarize(runs.slice(0, 2), new Map(), false, null, runs.slice(0, 4));
    expect(stopped.sentence).toContain('(n = 2 of 4). GD with ‘a’: 2 of 4 stopped.');
  });

  it('has nothing to compare where nothing finished', () => {
    const none = summarize(runs.slice(8), new Map(), false);
    expect(none.sentence).toBe('GD with ‘c’: 4 of 4 diverged.');
    expect(none.paths).toEqual({ GD: null });
  });
});

describe('claims', () => {
  const result = new ExperimentResult(runs, paths);

  it('see the mean of the runs that finished', () => {
    const mean = result.mean('GD', 'a');
    expect(mean.test.error).toBeCloseTo(0.2, 12);
    expect([mean.runs, [...mean.outputs]]).toEqual([2, [expect.closeTo(0.2, 12)]]);
  });

  it('are told where no run finished', () => {
    expect(() => result.mean('GD', 'c')).toThrow("no run of 'c' with 'GD' finished: 4 of 4 diverged");
    expect(() => result.angle('max L2 margin', 'GD', 'c')).toThrow("no run of 'c' with 'GD' finished");
    expect(() => result.invariance('GD')).toThrow("no run of 'c' with 'GD' finished");
    expect(new ExperimentResult(runs.slice(0, 8), paths).invariance('GD')).toBeLessThan(1e-3);
  });
});
