import type { Known } from '../extension/lab/results/index.ts';
import type { RunResult, SampleBatch } from '../extension/lab/results.ts';
import { isResultEvent, withEvent } from '../extension/report/events.ts';
import type { ExperimentChoice, ExperimentView, ViewMessage } from '../extension/report/view.ts';

/** An experiment as the panel keeps it: the host's view, with curves and runs by id. */
export interface Experiment extends Omit<ExperimentView, 'samples' | 'runs'> {
  samples: ReadonlyMap<number, SampleBatch>;
  runs: ReadonlyMap<number, RunResult>;
}

/** Everything that the panel shows. */
export interface PanelState {
  /** Whether the host has sent anything yet. */
  received: boolean;
  /** The experiment on view, as the host describes it. */
  view: ExperimentView | null;
  /** The same, indexed for the charts. */
  experiment: Experiment | null;
  choices: readonly ExperimentChoice[];
}

/** The panel before the first message of the host. */
export const initialState: PanelState = { received: false, view: null, experiment: null, choices: [] };

/** The runs on view, as the model of results needs them. */
export function knownOf({ runs, samples, status, stale }: Experiment): Known {
  const isBusy = status === 'loading' || status === 'running';
  // Results of an earlier text are final, whatever has started since.
  return { results: runs, samples, isOver: !isBusy || stale };
}

function withView(state: PanelState, view: ExperimentView | null): PanelState {
  if (view === null) return { ...state, view, experiment: null };
  const samples = new Map(view.samples.map((curve) => [curve.run, curve]));
  const runs = new Map(view.runs.map((run) => [run.id, run]));
  return { ...state, view, experiment: { ...view, samples, runs } };
}

/** The state after a message of the host. Pure: the earlier state is unchanged. */
export function reduce(state: PanelState, message: ViewMessage): PanelState {
  if (message.type === 'view') {
    const { view, choices } = message;
    return withView({ ...state, received: true, choices }, view);
  }
  // What the cursor is at is no part of the state.
  if (message.type === 'light') return state;
  if (message.type === 'choices') return { ...state, choices: message.choices };
  const { view } = state;
  if (!view) return state;
  if (isResultEvent(message)) return withView(state, withEvent(view, message));
  const { type: _type, ...status } = message;
  const choices = state.choices.map((choice) =>
    choice.file === view.file && choice.experiment === view.experiment ? { ...choice, status: message.status } : choice,
  );
  return withView({ ...state, choices }, { ...view, ...status });
}
