/** The boundary between the engine and the thread of the GPU. */
import type { RunPlan } from '../../lab/run.ts';
import type { WorkerJob, WorkerReport } from '../workerProtocol.ts';
import type { RunWork } from './costs/count.ts';

/** Why the GPU cannot train a run; the CPU may. */
export class GpuRefusal extends Error {}

export interface GpuJob extends WorkerJob {
  /** The one device that may train it, by its name; left out where any may. */
  device?: string;
  /** The number under which its work was counted, where it was: it may still be there, prepared. */
  counted?: number;
}

/** What the thread is asked for. */
export type GpuRequest =
  /** Prepares a run and counts its work. It stays prepared, as far as memory allows, until it is trained or released. */
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
  /** There is no device, or it is of no more use. The runs that were sent are reported after this. */
  | { type: 'unavailable'; reason: string };
