/** The part of the store that the engine uses. */
export interface RecordStore {
  /** Why it cannot be read or written, in one sentence; it then works in memory. */
  readonly problem: string | null;
  /** Null if there is none, or if it is damaged. */
  get(kind: string, key: string): Uint8Array | null;
  put(kind: string, key: string, payload: Uint8Array): void;
  /** Afterwards everything that was put survives the end of this process. */
  flush(): void;
  /** Afterwards it survives the end of the machine's power. */
  sync(): void;
}

/** The kinds of records. */
export const RUN = 'run';
export const THEORY = 'theory';
export const EXPERIMENT = 'experiment';
