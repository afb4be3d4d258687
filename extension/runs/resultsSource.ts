import type { ExperimentChoice, ExperimentView, ViewMessage } from '../report/view.ts';

/** The interface that the results panel depends on: current results, change notifications, and two commands. */
export interface ResultsSource {
  /** The full view of one experiment, or null if it is unknown. */
  view(file: string, experiment: string): ExperimentView | null;
  /** The experiments that the panel can switch to. */
  choices(): ExperimentChoice[];
  /** Subscribes to changes, sent as panel messages; returns a disposable. */
  subscribe(listener: (file: string, experiment: string, message: ViewMessage) => void): { dispose(): void };
  run(file: string, experiment: string): void;
  stop(file: string, experiment: string): void;
}
