import type { ExperimentChoice, ExperimentView, ViewMessage } from '../report/view.ts';

/** What the results panel needs from the extension: the results so far, changes to them, and two commands. */
export interface ResultsSource {
  /** The full view of one experiment, or null if nothing is known of it. */
  view(file: string, experiment: string): ExperimentView | null;
  /** Every experiment that the panel can switch to. */
  choices(): ExperimentChoice[];
  /** News of one experiment, in the panel's own messages; returns a disposable. */
  subscribe(listener: (file: string, experiment: string, message: ViewMessage) => void): { dispose(): void };
  run(file: string, experiment: string): void;
  stop(file: string, experiment: string): void;
}
