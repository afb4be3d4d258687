import { describe, expect, it } from 'vitest';
import { noted, wantedOf } from '../../../extension/evaluator/claimValues.ts';
import { ExperimentResult } from '../../../extension/lab/metrics/experimentResult.ts';
import type { ClaimResult, RunResult, SweepPoint } from '../../../extension/lab/results.ts';

function run(id: number, parameterization: string, error: number, point: SweepPoint | null = null): RunResult {
  return {
    ...{
      id,
      point,
      parameterization,
      optimizer: 'GD',
      seed: 1,
      steps: 1,
      time: 1,
      engine: 'cpu',
      device: '',
      seconds: 0,
    },
    ...{ train: { loss: 0, error: 0 }, test: { loss: 0, error }, gap: { loss: 0, error }, margins: null },
    ...{ norms: { l2: 3 }, predictor: null, outputs: new Float64Array() },
  };
}
const path = (to: number) => ({ times: [0, 1], points: [Float64Array.of(0), Float64Array.of(to)] });
const paths = new Map([
  [0, path(1)],
  [1, path(2)],
]);

describe('the numbers of a claim', () => {
  it('are those that it reads', () => {
    const values: NonNullable<ClaimResult['values']> = [];
    const result = noted(new ExperimentResult([run(0, 'a', 0.3), run(1, 'b', 0.1)], paths), values);
    expect(result.invariance('GD')).toBe(0.5);
    expect(result.mean('GD', 'b').test.error < result.mean('GD', 'a').test.error).toBe(true);
    expect(result.mean('GD', 'b').norms.l2).toBe(3);
    expect(result.runs).toHaveLength(2);
    expect(values).toEqual([
      { expression: "invariance('GD')", value: 0.5 },
      { expression: "mean('GD', 'b').test.error", value: 0.1 },
      { expression: "mean('GD', 'a').test.error", value: 0.3 },
      { expression: "mean('GD', 'b').norms.l2", value: 3 },
    ]);
  });

  it('name the point of a sweep', () => {
    const values: NonNullable<ClaimResult['values']> = [];
    const result = noted(new ExperimentResult([run(0, 'a', 0.3, { scale: 0.1 })], paths), values);
    expect(result.at({ scale: 0.1 }).mean('GD', 'a').test.error).toBe(0.3);
    expect(values).toEqual([{ expression: "at({ scale: 0.1 }).mean('GD', 'a').test.error", value: 0.3 }]);
    expect(() => result.invariance('other')).toThrow("there is no optimizer 'other'");
  });

  it('are bounded in number', () => {
    const values: NonNullable<ClaimResult['values']> = [];
    const result = noted(new ExperimentResult([run(0, 'a', 0.3)], paths), values);
    for (const name of ['runs', 'steps', 'time', 'seconds'] as const) result.mean('GD', 'a')[name];
    for (const name of ['loss', 'error'] as const)
      for (const part of ['train', 'test', 'gap'] as const) result.mean('GD', 'a')[part][name];
    expect(values).toHaveLength(6);
  });
});

it('what a claim wants is the expression that it returns', () => {
  type Results = { result: ExperimentResult };
  expect(wantedOf(({ result }: Results) => result.invariance('GD') < 0.05)).toMatch(
    /^invariance\(['"]GD['"]\) < 0?\.05$/,
  );
  expect(
    wantedOf(({ result }: Results) => {
      return result.runs.length > 0;
    }),
  ).toBeNull();
});
