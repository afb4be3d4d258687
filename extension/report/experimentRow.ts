/** An experiment of the workspace, as the table of experiments lists it. */
import type { HistoryEntry } from './history.ts';

/** What is known of its latest run. */
export type LatestRun = Pick<HistoryEntry, 'date' | 'outcome' | 'seconds' | 'claims' | 'finding' | 'runs'>;

export interface ExperimentRow {
  /** Absolute path of the lab file. */
  file: string;
  /** The path from the workspace folder. */
  path: string;
  experiment: string;
  /** Where it is defined, from 1; null if it is stored and no longer defined. */
  line: number | null;
  /** Null if nothing is stored of it. */
  latest: LatestRun | null;
}
