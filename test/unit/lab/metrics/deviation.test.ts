import { describe, expect, it } from 'vitest';
import { deviationOf } from '../../../../extension/lab/metrics/deviation.ts';

const ended = (predictor: number[] | null, outputs: number[], train: number, test: number | null) => ({
  predictor: predictor && Float64Array.from(predictor),
  outputs: Float64Array.from(outputs),
  train: { loss: train, error: 0 },
  test: test === null ? null : { loss: test, error: 0 },
});

describe('the deviation of a run from its repetition', () => {
  it('is relative to the largest entry and to the larger loss', () => {
    const deviation = deviationOf(ended([1, -4.1], [9], 0.11, 3), ended([1, -4], [1], 0.1, 2));
    expect(deviation.predictor).toBeCloseTo(0.025, 12);
    expect(deviation.trainLoss).toBeCloseTo(0.01 / 0.11, 12);
    expect(deviation.testLoss).toBeCloseTo(1 / 3, 12);
  });

  it('is that of the training outputs where there is no predictor', () => {
    expect(deviationOf(ended(null, [1, 2], 0, null), ended(null, [2, 2], 0, null))).toEqual({
      predictor: 0.5,
      trainLoss: 0,
      testLoss: null,
    });
  });

  it('is 1 where float64 goes on below what float32 can tell from 0', () => {
    const { trainLoss } = deviationOf(ended([1], [1], 1e-12, null), ended([1], [1], 1e-20, null));
    expect(trainLoss).toBeCloseTo(1, 7);
  });

  it('is null where a run diverged', () => {
    expect(deviationOf(ended([Number.NaN, 1], [1], Number.NaN, Number.NaN), ended([1, 1], [1], 1, 0))).toEqual({
      predictor: null,
      trainLoss: null,
      testLoss: null,
    });
  });
});
