/**
 * The boundary between the extension host and the results panel: the only file that the webview shares with `extension/`.
 * The host sends a whole view when the panel opens, is shown again, or changes experiment; after that only what is new.
 */
import type { ResultEvent, Results } from '../report/events.ts';
import type { Failure } from '../report/failure.ts';
import type { GridPlan } from '../report/grid.ts';

export type RunStatus = 'idle' | 'loading' | 'running' | 'finished' | 'canceled' | 'failed';

/** Everything the panel knows of one experiment. */
export interface ExperimentView extends Results {
  /** Absolute path of the lab file. */
  file: string;
  experiment: string;
  status: RunStatus;
  /** Null until the engine has planned the grid. */
  grid: GridPlan | null;
  /** What stopped the newest run; earlier results stay. */
  failure: Failure | null;
  /** Wall-clock seconds of the finished grid, null before. */
  seconds: number | null;
  /** Milliseconds since the epoch when the results were finished. */
  finishedAt: number | null;
  /** The results on view are of an earlier text: a new run has started and has no sample yet, or the file has changed. */
  stale: boolean;
}

/** An experiment that the panel can switch to. */
export interface ExperimentChoice {
  file: string;
  experiment: string;
  status: RunStatus;
}

export type HostMessage =
  | { type: 'view'; view: ExperimentView | null; choices: ExperimentChoice[] }
  /** The experiments to choose from have changed; the one on view has not. */
  | { type: 'choices'; choices: ExperimentChoice[] }
  /** Something became known of the results of the experiment on view. */
  | ResultEvent
  | {
      type: 'status';
      status: RunStatus;
      failure: Failure | null;
      seconds: number | null;
      finishedAt: number | null;
      stale: boolean;
    };

export type WebviewMessage =
  /** The webview has loaded (or was restored) and wants its view. */
  | { type: 'ready' }
  | { type: 'run' }
  | { type: 'stop' }
  | { type: 'select'; file: string; experiment: string }
  /** Show a place of the lab file in the editor. */
  | { type: 'reveal'; file: string; line: number; column: number };
