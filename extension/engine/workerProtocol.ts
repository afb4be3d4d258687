/** Messages between the engine and its worker threads. */
import type { RunPlan, TrainedRun } from '../lab/run.ts';
import type { PackedSamples } from './packedSamples.ts';

/** Requests one run from a worker; `wanted` becomes 0 when the run is canceled. */
export interface WorkerJob {
  job: number;
  plan: RunPlan;
  wanted: Int32Array;
}

/** A run for a thread of the CPU. */
export interface CpuJob extends Omit<WorkerJob, 'plan'> {
  plan: Omit<RunPlan, 'program'>;
  /** The runs of a grid share few programs: each is sent once. */
  program: SentProgram;
  /** Null to leave the machine's C compiler alone. */
  native: NativeWish | null;
}

/** A program under its number; null where the thread has it. With number 0 the thread forgets all others. */
export interface SentProgram {
  number: number;
  program: RunPlan['program'] | null;
}

/** What decides whether a run is worth a compiler. */
export interface NativeWish {
  /** The runs of the experiment that have the same parameterization and the same optimizer. */
  runs: number;
}

export type WorkerReport =
  | { type: 'sampled'; job: number; samples: PackedSamples }
  /** With the samples since the last report. */
  | { type: 'ran'; job: number; samples: PackedSamples; result: TrainedRun }
  | { type: 'dropped'; job: number }
  | { type: 'failed'; job: number; message: string; stack: string };
