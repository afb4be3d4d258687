/** What is asked of an engine. */
import type { EngineRun } from '../engine/client.ts';
import type { EngineChoice, EngineEvent, StoreRequest } from '../engine/protocol.ts';
import type { Cells } from '../report/grid.ts';
import type { SourceText } from '../report/recalled.ts';

/** How runs of a file are to be computed, and where they are kept. */
export interface RunSettings {
  engine: EngineChoice;
  workers: number | null;
  /** Whether the machine's C compiler may be used for long runs; by default it may. */
  native?: boolean;
  store?: StoreRequest | null;
}

/** What is asked of a run besides what the file says. */
export interface Wishes {
  /** Seeds and steps instead of those of the definition. */
  seeds?: number[];
  steps?: number;
  /** The part of the grid to train: of the rest, what is stored. */
  only?: Cells;
  /** Whether to train again what is stored, and to say what differs. */
  fresh?: boolean;
  /**
   * Whether the text is being typed: it runs as it is, without a save. It gets no record in the history, and what is
   * wrong with it is said only once the typing has stopped.
   */
  draft?: boolean;
}

/** The part of the engine client that this service uses. */
export interface Engine {
  run(
    request: {
      file: string;
      experiments: string[] | null;
      instead: { seeds: number[] | null; steps: number | null };
      only: Cells | null;
      unsaved: SourceText[];
      draft: boolean;
      inspection: boolean;
      have: string[];
    } & RunSettings,
    onEvent: (event: EngineEvent) => void,
  ): EngineRun;
}
