/** Messages between the engine and its worker threads. */
import type { RunPlan, Sample, TrainedRun } from '../lab/run.ts';

/** Requests one run from a worker; `wanted` becomes 0 when the run is canceled. */
export interface WorkerJob {
  job: number;
  plan: RunPlan;
  wanted: Int32Array;
}

export type WorkerReport =
  | { type: 'sampled'; job: number; samples: Sample[] }
  /** With the samples since the last report. */
  | { type: 'ran'; job: number; samples: Sample[]; result: TrainedRun }
  | { type: 'dropped'; job: number }
  | { type: 'failed'; job: number; message: string; stack: string };
