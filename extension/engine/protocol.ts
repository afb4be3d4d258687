/**
 * The boundary between the engine process and those who ask it for runs.
 * One discriminated union each way; structured clone carries typed arrays as such.
 */
import type {
  ClaimResult,
  Failure,
  GridPlan,
  Projection,
  RunResult,
  SampleBatch,
  Summary,
} from '../lab/results.ts';

/** How the user wants runs to be computed. */
export type EngineChoice = 'auto' | 'cpu' | 'gpu';

/** Asks for the experiments of one file. */
export interface RunRequest {
  type: 'run';
  /** Chosen by the asker, unique for the life of the process; every event carries it. */
  request: number;
  /** Absolute path of the lab file. */
  file: string;
  /** Names of the experiments to run, null for all in the file. */
  experiments: string[] | null;
  /** Worker threads, null for one per core. */
  workers: number | null;
  engine: EngineChoice;
}

export type EngineRequest = RunRequest | { type: 'cancel'; request: number };

/** What the engine says of one request. Its order: loaded, then per experiment planned … finished, then ended. */
export type EngineEvent =
  /** The file was loaded; these experiments are defined in it. */
  | { type: 'loaded'; request: number; experiments: { experiment: string; line: number; column: number }[] }
  | { type: 'planned'; request: number; grid: GridPlan }
  | { type: 'sampled'; request: number; experiment: string; samples: SampleBatch[] }
  | { type: 'projected'; request: number; experiment: string; projection: Projection }
  | { type: 'ran'; request: number; experiment: string; run: RunResult }
  | { type: 'summarized'; request: number; experiment: string; summary: Summary }
  | { type: 'claimed'; request: number; experiment: string; claims: ClaimResult[] }
  /** An experiment is through: all its runs trained, its claims evaluated. `seconds` is wall-clock time. */
  | { type: 'finished'; request: number; experiment: string; seconds: number }
  | { type: 'failed'; request: number; failure: Failure }
  /** The last event of every request. */
  | { type: 'ended'; request: number; outcome: 'done' | 'canceled' | 'failed' };

export type EventOf<T extends EngineEvent['type']> = Extract<EngineEvent, { type: T }>;
