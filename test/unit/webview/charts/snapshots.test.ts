import { expect, it } from 'vitest';
import { lastUpTo, modelAt, modelsOf } from '../../../../webview/charts/snapshots.ts';
import { chartInput } from '../chartInput.ts';
import { batch, result } from '../fixtures.ts';

const snapshots = {
  ...{ step: Float64Array.of(0, 10), time: Float64Array.of(0, 1) },
  ...{ predictors: Float32Array.of(1, 2, 3, 4), outputs: Float32Array.of(7, 8, 9, 1, 2, 3) },
};
const samples = [{ ...batch(0, [0, 10], [1, 1]), snapshots }];
const runs = [
  result(0, 1, 1, { time: 2, steps: 20, predictor: Float64Array.of(5, 6), outputs: Float64Array.of(0, 0, 1) }),
];

it('a run has its models in their order, the last one from its result', () => {
  const { experiment } = chartInput({ view: { samples, runs } });
  const models = modelsOf(experiment, 0)!;
  expect(models.step).toEqual([0, 10, 20]);
  expect(models.predictors?.map((row) => Array.from(row))).toEqual([
    [1, 2],
    [3, 4],
    [5, 6],
  ]);
  expect(models.outputs[1]).toEqual(Float32Array.of(1, 2, 3));
  expect(modelsOf(experiment, 0)).toBe(models);
  expect(modelsOf(experiment, 1)).toBeNull();
});

it('the slider shows the latest model that is not after it', () => {
  const { experiment } = chartInput({ view: { samples, runs } });
  const at = (moment: number | null) => modelAt(experiment, 0, { abscissa: 'step', moment })?.step;
  expect([at(0), at(9), at(10), at(99), at(null)]).toEqual([0, 0, 10, 20, 20]);
  expect(lastUpTo([], 3)).toBe(-1);
});
