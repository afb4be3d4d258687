import type { Sample, TrainedRun } from '../../../lab/run.ts';

/** What happened to one of the runs; `run` is its position among those that were asked for. */
export type TrainingReport =
  | { run: number; sample: Sample }
  | { run: number; result: TrainedRun }
  /** The GPU cannot train it, or has failed, and the CPU can: its result will be that of a run from the start. */
  | { run: number; refusal: string }
  /** It failed, and would fail anywhere. */
  | { run: number; failure: unknown };
