import type { Sample, TrainedRun } from '../../../lab/run.ts';

/** A report about one of the runs; `run` is its position among the requested runs. */
export type TrainingReport =
  | { run: number; sample: Sample }
  | { run: number; result: TrainedRun }
  /** The GPU cannot train it, or has failed, and the CPU can: its result will be that of a run from the start. */
  | { run: number; refusal: string }
  /** It failed, and would fail anywhere. */
  | { run: number; failure: unknown };
