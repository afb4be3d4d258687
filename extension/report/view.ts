/** The view of an experiment that the extension keeps, and the messages that bring it to the results panel. */
import type { ResultEvent, Results } from './events.ts';
import type { Failure } from './failure.ts';
import type { GridPlan } from './grid.ts';
import type { Knob } from './knob.ts';

export type RunStatus = 'idle' | 'loading' | 'running' | 'finished' | 'canceled' | 'failed';

/** How an experiment that is on record ended. */
export type ExperimentRecordOutcome = 'finished' | 'canceled' | 'failed';

/** Everything known of one experiment. */
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

/** An earlier run of an experiment that is shown behind the new results. */
export interface PinnedRun {
  /** Names its record. */
  key: string;
  /** When it ended, in milliseconds since the epoch. */
  date: number;
  /** The lab file as it was. */
  text: string;
  view: ExperimentView;
}

/** An experiment that can be shown. */
export interface ExperimentChoice {
  file: string;
  experiment: string;
  status: RunStatus;
}

/** What is sent to whatever shows an experiment: the whole view first, then changes. */
export type ViewMessage =
  | { type: 'view'; view: ExperimentView | null; choices: ExperimentChoice[] }
  /** The experiments to choose from have changed; the one on view has not. */
  | { type: 'choices'; choices: ExperimentChoice[] }
  /** The pinned runs of the experiment on view, the latest first. */
  | { type: 'pinned'; pinned: readonly PinnedRun[] }
  /** The cursor in the text is at what is named; null for what is not. */
  | { type: 'light'; parameterization: string | null; optimizer: string | null }
  /** The numbers of the text of the experiment on view that can be turned. */
  | { type: 'knobs'; knobs: readonly Knob[] }
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
