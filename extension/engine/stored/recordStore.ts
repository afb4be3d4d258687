/** The part of the store that the engine uses. */
export interface RecordStore {
  /** Why it cannot be read or written, in one sentence; it then works in memory. */
  readonly problem: string | null;
  /** Whether there is one. Whether it is whole is seen when it is read. */
  has(kind: string, key: string): boolean;
  /** Null if there is none, or if it is damaged. */
  get(kind: string, key: string): Uint8Array | null;
  put(kind: string, key: string, payload: Uint8Array): void;
  /** All records of a kind, in no particular order. */
  entries(kind: string): Iterable<{ key: string; date: number }>;
  /** Afterwards everything that was put survives the end of this process. */
  flush(): void;
  /** Afterwards it survives the end of the machine's power. */
  sync(): void;
}

/** The kinds of records. A run has one key, and a record for each arithmetic in which it was computed. */
export const RUN = 'run';
export const GPU_RUN = 'gpu-run';
/** How far a run on the GPU is from the same run in float64. */
export const DEVIATION = 'deviation';
export const THEORY = 'theory';
export const EXPERIMENT = 'experiment';
/** Names the latest record of an experiment. */
export const LATEST = 'latest';
/** Says that a record of an experiment, and what it refers to, stays whatever its age. */
export const PIN = 'pin';

/** The kinds of records of runs: in float64 on the CPU, or on the GPU. */
export type RunKind = typeof RUN | typeof GPU_RUN;
