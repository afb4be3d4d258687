/** What is known of an earlier run of an experiment without its results. */
import type { ExperimentRecordOutcome } from './view.ts';

export interface HistoryEntry {
  /** Names its record. */
  key: string;
  isPinned: boolean;
  /** Absolute path of the lab file. */
  file: string;
  experiment: string;
  /** When it ended, in milliseconds since the epoch. */
  date: number;
  outcome: ExperimentRecordOutcome;
  /** Wall-clock seconds; null if it did not finish. */
  seconds: number | null;
  /** The version of Depth Lab. */
  version: string;
  claims: { held: number; total: number };
  finding: string | null;
  /** Runs that are stored, and all of the grid. */
  runs: { ended: number; total: number };
  grid: {
    parameterizations: string[];
    optimizers: string[];
    seeds: number;
    points: number;
    steps: number | null;
  };
  /** The lab file as it was. */
  text: string;
}
