/** The boundary between the engine and its worker threads. */
import type { RunPlan, Sample, TrainedRun } from '../../lab/training/run.ts';

/** Why a run cannot be trained by the one who was asked; another may. */
export class Declined extends Error {}

/** Asks a worker for one run; `wanted` becomes 0 when nobody waits for it any more. */
export interface WorkerJob {
  job: number;
  plan: RunPlan;
  wanted: Int32Array;
  /** The one graphics card that may train it; left out where any may, and for the processor. */
  card?: string;
}

export type WorkerReport =
  | { type: 'sampled'; job: number; samples: Sample[] }
  /** With the samples since the last report. */
  | { type: 'ran'; job: number; samples: Sample[]; result: TrainedRun }
  | { type: 'dropped'; job: number }
  /** This thread cannot train it: nothing of it has been done. */
  | { type: 'declined'; job: number; reason: string }
  | { type: 'failed'; job: number; message: string; stack: string };
