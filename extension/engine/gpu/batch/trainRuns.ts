/** Trains many runs on a GPU: those of equal program in batches, as many at once as fit. */
import { isRefusal, type Refusal } from '../../../lab/compiler/backend.ts';
import { gpuJs } from '../../../lab/compiler/gpu/backend.ts';
import type { DevicePrograms } from '../../../lab/compiler/gpu/module.ts';
import type { RunPlan } from '../../../lab/run.ts';
import { type BatchedRun, bytesOf, inMixedPrecisionInstead, isBatchable, prepareRun } from './batchedRun.ts';
import type { TrainingReport } from './report.ts';
import { trainBatch } from './trainBatch.ts';

export interface BatchLimits {
  /** Runs of one batch. */
  runs: number;
  /** Bytes that the memories of a batch may take in this process. */
  bytes: number;
}

/** Data and graph of a run take about as much again as its memory, and once more. */
export const LIMITS: BatchLimits = { runs: gpuJs.capabilities.maxRuns, bytes: 2 ** 29 };

/**
 * Yields what happens to the runs, and null when a slice of time is over. Each run ends with something but a sample.
 * @param prepared the runs that have been prepared, by their position
 */
export async function* trainRuns(
  plans: readonly RunPlan[],
  programs: DevicePrograms,
  limits: BatchLimits = LIMITS,
  prepared: ReadonlyMap<number, BatchedRun> = new Map(),
): AsyncGenerator<TrainingReport | null, void> {
  /** First those that are prepared: not batchable with the batch before them, or once more in mixed precision. */
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

/** Trains a batch; returns the runs for which float32 turned out not to be enough, in mixed precision. */
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

/** How many runs like this one are trained side by side. */
export function maxBatch(run: BatchedRun, limits: BatchLimits): number {
  const inMemory = Math.floor(limits.bytes / bytesOf(run));
  return Math.max(1, Math.min(limits.runs, inMemory, run.entry.batched.maxRuns));
}
