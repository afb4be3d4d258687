/** Chooses between GPU and CPU based on the work and its predicted cost. */

import type { Work } from '../../../lab/compiler/operations/operation.ts';
import { scaled } from '../../../lab/compiler/work.ts';
import type { RunWork } from './count.ts';
import type { CostTable, Rates } from './table.ts';

export interface Decision {
  engine: 'cpu' | 'gpu';
  /** Human-readable. */
  reason: string;
  /** The name of the GPU that the decision refers to. */
  device?: string;
}

/** Required predicted speedup of the GPU, because predictions are not exact. */
const CLEARLY_FASTER = 1.5;

/** Why this machine has no usable GPU according to the measurements; null if it has one. */
export function noGpuReason(table: CostTable | null): string | null {
  if (table === null) return 'no GPU has been measured (depth-lab engine --calibrate)';
  if (table.gpu === null) {
    return `no GPU was found when this machine was measured: ${table.reason} (depth-lab engine --calibrate)`;
  }
  return table.gpu.isSoftware ? `${table.gpu.name} is a software implementation, not a GPU` : null;
}

/**
 * @param work work of each run
 * @param runs number of equal runs
 * @param threads of the CPU
 */
export function decide(work: RunWork, runs: number, table: CostTable | null, threads: number): Decision {
  const reason = noGpuReason(table);
  if (reason !== null || !table?.gpu) return { engine: 'cpu', reason: reason ?? '' };
  const { name } = table.gpu;
  const [gpu, cpu] = [secondsOnGpu(work, runs, table), secondsOnCpu(work, runs, table, threads)];
  const predicted = `predicted: ${shown(gpu)} on ${name}, ${shown(cpu)} on the CPU`;
  if (CLEARLY_FASTER * gpu < cpu) return { engine: 'gpu', reason: predicted, device: name };
  return { engine: 'cpu', reason: predicted };
}

/** Predicted seconds for all runs on the given number of threads. */
export function secondsOnCpu(work: RunWork, runs: number, { cpu }: CostTable, threads: number): number {
  return Math.ceil(runs / threads) * secondsOfOne(work, cpu);
}

/** Predicted seconds for all runs on the GPU. Meanwhile the CPU repeats one of them and measures all of them. */
export function secondsOnGpu(work: RunWork, runs: number, { gpu, cpu }: CostTable): number {
  if (gpu === null) return Number.POSITIVE_INFINITY;
  const { rates } = gpu;
  const batches = Math.ceil(runs / Math.min(runs, work.maxBatch));
  const batch = runs / batches;
  const step = work.launches * rates.launch + secondsOf(scaled(work.gpuStep, batch), rates);
  const finishing = batch * secondsOf(work.finish, cpu);
  const measuring = work.samples * (rates.call + batch * secondsOf(work.measure, cpu));
  return Math.max(batches * (work.steps * (step + finishing) + measuring), secondsOfOne(work, cpu));
}

function secondsOfOne({ steps, step, samples, measure }: RunWork, cpu: Rates): number {
  return steps * (cpu.launch + secondsOf(step, cpu)) + samples * (cpu.call + secondsOf(measure, cpu));
}

function secondsOf({ flops, words }: Work, rates: Rates): number {
  return Math.max(flops / rates.flops, words / rates.words);
}

function shown(seconds: number): string {
  return `${Number(seconds.toPrecision(2))} s`;
}
