import { expect, it } from 'vitest';
import { SnapshotThinning } from '../../../../extension/engine/grid/snapshots.ts';
import { append } from '../../../../extension/lab/results/index.ts';
import type { SampleBatch } from '../../../../extension/lab/results.ts';
import type { Sample } from '../../../../extension/lab/run.ts';

const quantities = { loss: 1, error: 1 };
const sample = (step: number, hasModel = true): Sample => ({
  step,
  time: step / 10,
  train: quantities,
  test: null,
  predictor: hasModel ? Float64Array.of(step, -step) : null,
  outputs: hasModel ? Float64Array.of(step, 2 * step, 3 * step) : null,
});

const batchOf = (thinning: SnapshotThinning, samples: Sample[]): SampleBatch => {
  const column = Float64Array.from(samples, ({ time }) => time);
  const snapshots = thinning.of(0, samples);
  const columns = { step: column, time: column, trainLoss: column, trainError: column };
  return {
    ...{ run: 0, ...columns, testLoss: column, testError: column, predictor: null },
    ...(snapshots ? { snapshots } : {}),
  };
};

it('snapshots of a small grid are all sent, row after row', () => {
  const sent = new SnapshotThinning(1000).of(0, [sample(0), sample(1, false), sample(2)]);
  expect(sent?.step).toEqual(Float64Array.of(0, 2));
  expect(sent?.predictors).toEqual(Float32Array.of(0, -0, 2, -2));
  expect(sent?.outputs).toEqual(Float32Array.of(0, 0, 0, 2, 4, 6));
  expect(new SnapshotThinning(1000).of(0, [sample(1, false)])).toBeUndefined();
});

it('those of a large grid are thinned evenly, for each run, over its batches', () => {
  const thinning = new SnapshotThinning(3 * 96e6);
  const steps = [
    [0, 1],
    [2, 3, 4],
    [5, 6, 7, 8],
  ].flatMap((batch) =>
    Array.from(
      thinning.of(
        0,
        batch.map((step) => sample(step)),
      )?.step ?? [],
    ),
  );
  expect(steps).toEqual([0, 3, 6]);
  expect(thinning.of(1, [sample(0)])?.step).toEqual(Float64Array.of(0));
});

it('snapshots are joined as curves are: a run that starts again replaces what it had', () => {
  const thinning = new SnapshotThinning(0);
  const first = batchOf(thinning, [sample(0), sample(1), sample(2)]);
  const joined = append(first, batchOf(thinning, [sample(3)]));
  expect(joined.snapshots?.outputs).toEqual(Float32Array.of(0, 0, 0, 1, 2, 3, 2, 4, 6, 3, 6, 9));
  const again = append(joined, batchOf(new SnapshotThinning(0), [sample(1)]));
  expect(again.snapshots?.step).toEqual(Float64Array.of(0, 1));
  expect(again.snapshots?.predictors).toEqual(Float32Array.of(0, -0, 1, -1));
  expect(append(joined, batchOf(thinning, [sample(4, false)])).snapshots?.step.length).toBe(4);
});
