/** Messages between the engine and the GPU thread. */
import type { RunPlan } from '../../lab/run.ts';
import type { WorkerJob, WorkerReport } from '../workerProtocol.ts';
import type { RunWork } from './costs/count.ts';

/** Thrown if the GPU cannot train a run, so that the CPU trains it. */
export class GpuRefusal extends Error {}

export interface GpuJob extends WorkerJob {
  /** The name of the required device; omitted to allow any device. */
  device?: string;
  /** The id under which its work was counted, if any; the run may still be cached. */
  counted?: number;
}

/** A request to the thread. */
export type GpuRequest =
  /** Prepares a run and counts its work. The run stays cached, if memory allows, until it is trained or released. */
  | { type: 'count'; id: number; plan: RunPlan }
  | { type: 'release'; id: number }
  /**
   * Trains runs of one request that can probably be batched.
   * `folder`: where the package `webgpu` may be installed, too.
   */
  | { type: 'train'; folder: string; jobs: GpuJob[] };

export type GpuReport =
  | WorkerReport
  /** Nothing of it has been done, or the device failed on the way. */
  | { type: 'refused'; job: number; reason: string }
  | { type: 'counted'; id: number; work: RunWork }
  | { type: 'uncountable'; id: number; reason: string }
  /** There is no device, or it was lost. Reports about the pending runs follow. */
  | { type: 'unavailable'; reason: string };
