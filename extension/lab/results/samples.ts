/** Joins batches of samples to curves. */
import type { SampleBatch } from '../results.ts';

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
