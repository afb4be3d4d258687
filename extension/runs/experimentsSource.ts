/** What the table of experiments shows, and what its buttons do. */
import type { ExperimentRow } from '../report/experimentRow.ts';

export interface ExperimentsSource {
  rows(): Promise<ExperimentRow[]>;
  /** Calls back when the rows may have changed. */
  onDidChange(listener: () => void): { dispose(): void };
  open(row: ExperimentRow): void;
  run(row: ExperimentRow): void;
}
