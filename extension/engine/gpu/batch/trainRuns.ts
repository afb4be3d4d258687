/** Trains many runs on a GPU, in batches of equal programs that are as large as memory allows. */
import { isRefusal, type Refusal } from '../../../lab/compiler/backend.ts';
import { gpuJs } from '../../../lab/compiler/gpu/backend.ts';
import type { DevicePrograms } from '../../../lab/compiler/gpu/module.ts';
import type { RunPlan } from '../../../lab/run.ts';
import { type BatchedRun, bytesOf, inMixedPrecisionInstead, isBatchable, prepareRun } from './batchedRun.ts';
import type { TrainingReport } from './report.ts';
import { trainBatch } from './trainBatch.ts';

export interface BatchLimits {
  /** Maximum number of runs per batch. */
  runs: number;
  /** Maximum memory of a batch in this process, in bytes. */
  bytes: number;
}

/** Data and graph of a run take about twice as much memory as its arena. */
export const LIMITS: BatchLimits = { runs: gpuJs.capabilities.maxRuns, bytes: 2 ** 29 };

/**
 * Yields reports, and null at the end of a time slice. The last report of each run is not a sample.
 * @param prepared runs that are already prepared, by position
 */
export async function* trainRuns(
  plans: readonly RunPlan[],
  programs: DevicePrograms,
  limits: BatchLimits = LIMITS,
  prepared: ReadonlyMap<number, BatchedRun> = new Map(),
): AsyncGenerator<TrainingReport | null, void> {
  /**
   * Prepared runs come first: those that did not fit into the previous batch, or that are repeated in mixed precision.
   */
  const queue: (BatchedRun | Unprepared)[] = plans.map((plan, run) => prepared.get(run) ?? { run, plan });
  while (queue.length > 0) {
    const batch: BatchedRun[] = [];
    let largest = 1;
    let isFull = false;
    while (batch.length < largest && !isFull) {
      const next = queue.shift();
      if (!next) break;
      const one = isPrepared(next) ? next : prepareOrReport(next, programs);
      if (!isPrepared(one)) yield one;
      else if (!batch[0]) {
        batch.push(one);
        largest = maxBatch(one, limits);
      } else if (isBatchable(batch[0], one)) batch.push(one);
      else {
        queue.unshift(one);
        isFull = true;
      }
    }
    if (programs.lost !== null) for (const { run } of batch) yield { run, refusal: programs.lost };
    else if (batch.length > 0) queue.unshift(...(yield* trainRefusing(batch, programs)));
  }
}

type Unprepared = Pick<BatchedRun, 'run' | 'plan'>;

function isPrepared(other: BatchedRun | Unprepared | TrainingReport): other is BatchedRun {
  return 'trainer' in other;
}

/** Trains a batch; returns the runs for which float32 was not accurate enough, prepared in mixed precision. */
async function* trainRefusing(
  batch: readonly BatchedRun[],
  programs: DevicePrograms,
): AsyncGenerator<TrainingReport | null, BatchedRun[]> {
  const again: BatchedRun[] = [];
  for await (const report of trainBatch(batch, programs)) {
    const isRefused = report !== null && 'refusal' in report && programs.lost === null;
    const refused = isRefused ? batch.find(({ run }) => run === report.run) : undefined;
    const mixed = refused && inMixedPrecisionInstead(refused);
    if (mixed) again.push(mixed);
    else yield report;
  }
  return again;
}

function prepareOrReport({ run, plan }: Unprepared, programs: DevicePrograms): BatchedRun | TrainingReport {
  if (programs.lost !== null) return { run, refusal: programs.lost };
  try {
    const prepared: BatchedRun | Refusal = prepareRun(run, plan);
    return isRefusal(prepared) ? { run, refusal: prepared.refusal } : prepared;
  } catch (error) {
    return { run, failure: error };
  }
}

/** Batch size for runs like this one. */
export function maxBatch(run: BatchedRun, limits: BatchLimits): number {
  const inMemory = Math.floor(limits.bytes / bytesOf(run));
  return Math.max(1, Math.min(limits.runs, inMemory, run.entry.batched.maxRuns));
}
