/** Messages between the engine and its worker threads. */
import type { RunPlan, Sample, TrainedRun } from '../lab/run.ts';

/** Requests one run from a worker; `wanted` becomes 0 when the run is canceled. */
export interface WorkerJob {
  job: number;
  plan: RunPlan;
  wanted: Int32Array;
}

/** A run for a thread of the CPU. */
export interface CpuJob extends WorkerJob {
  /** Null to leave the machine's C compiler alone. */
  native: NativeWish | null;
}

/** What decides whether a run is worth a compiler. */
export interface NativeWish {
  /** The runs of the experiment that have the same parameterization and the same optimizer. */
  runs: number;
}

export type WorkerReport =
  | { type: 'sampled'; job: number; samples: Sample[] }
  /** With the samples since the last report. */
  | { type: 'ran'; job: number; samples: Sample[]; result: TrainedRun }
  | { type: 'dropped'; job: number }
  | { type: 'failed'; job: number; message: string; stack: string };
