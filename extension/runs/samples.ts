/** Joins the pieces in which curves arrive. */
import type { SampleBatch } from '../lab/results.ts';

/** Appends new samples to those so far: one batch per run. */
export function appendSamples(before: readonly SampleBatch[], added: readonly SampleBatch[]): SampleBatch[] {
  const byRun = new Map(before.map((batch) => [batch.run, batch]));
  for (const batch of added) {
    const earlier = byRun.get(batch.run);
    byRun.set(batch.run, earlier ? append(earlier, batch) : batch);
  }
  return [...byRun.values()];
}

function append(a: SampleBatch, b: SampleBatch): SampleBatch {
  return {
    run: a.run,
    step: concatenate(a.step, b.step),
    time: concatenate(a.time, b.time),
    trainLoss: concatenate(a.trainLoss, b.trainLoss),
    trainError: concatenate(a.trainError, b.trainError),
    testLoss: concatenate(a.testLoss, b.testLoss),
    testError: concatenate(a.testError, b.testError),
    predictor: b.predictor ?? a.predictor,
  };
}

function concatenate(a: Float64Array, b: Float64Array): Float64Array {
  const joined = new Float64Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}
