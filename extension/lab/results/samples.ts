/** Joins batches of samples to curves. */
import type { SampleBatch, Snapshots } from '../results.ts';

const columns = ['step', 'time', 'trainLoss', 'trainError', 'testLoss', 'testError'] as const;

/** Appends batches to curves without modifying them: one curve per run, by its position in the grid. */
export function appendSamples(
  curves: ReadonlyMap<number, SampleBatch>,
  batches: readonly SampleBatch[],
): Map<number, SampleBatch> {
  const joined = new Map(curves);
  for (const batch of batches) joined.set(batch.run, append(joined.get(batch.run), batch));
  return joined;
}

/**
 * Appends new samples to a run's curve. Samples at earlier steps replace the existing samples from there on, so that a
 * restarted run or a repeated batch yields a single monotone curve.
 */
export function append(curve: SampleBatch | undefined, batch: SampleBatch): SampleBatch {
  if (!curve) return batch;
  const joined: SampleBatch = { ...batch, predictor: batch.predictor ?? curve.predictor };
  const snapshots = appendSnapshots(curve.snapshots, batch);
  if (snapshots) joined.snapshots = snapshots;
  const [from] = batch.time;
  if (from === undefined) return { ...curve, predictor: joined.predictor };
  let kept = curve.time.length;
  while (kept > 0 && curve.time[kept - 1]! >= from) kept--;
  for (const column of columns) {
    const values = new Float64Array(kept + batch[column].length);
    values.set(curve[column].subarray(0, kept));
    values.set(batch[column], kept);
    joined[column] = values;
  }
  return joined;
}

/** The earlier snapshots before the batch, and then its own. */
function appendSnapshots(earlier: Snapshots | undefined, { time, snapshots }: SampleBatch): Snapshots | undefined {
  const [from] = time;
  if (!earlier || from === undefined) return earlier ?? snapshots;
  const before = earlier.time.findIndex((at) => at >= from);
  const kept = before < 0 ? earlier.time.length : before;
  const rows = <T extends Float32Array | Float64Array>(values: T) =>
    values.subarray(0, (values.length / Math.max(1, earlier.time.length)) * kept) as T;
  const next = snapshots ?? NO_SNAPSHOTS;
  return {
    step: joinedDoubles(rows(earlier.step), next.step),
    time: joinedDoubles(rows(earlier.time), next.time),
    predictors: earlier.predictors && joinedSingles(rows(earlier.predictors), next.predictors ?? NO_SNAPSHOTS.outputs),
    outputs: joinedSingles(rows(earlier.outputs), next.outputs),
  };
}

const NO_SNAPSHOTS: Snapshots = {
  step: new Float64Array(),
  time: new Float64Array(),
  predictors: null,
  outputs: new Float32Array(),
};

function joinedDoubles(first: Float64Array, second: Float64Array): Float64Array {
  const all = new Float64Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}

function joinedSingles(first: Float32Array, second: Float32Array): Float32Array {
  const all = new Float32Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}
