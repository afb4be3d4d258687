import type { Known } from '../extension/lab/results/index.ts';
import type { RunResult, SampleBatch } from '../extension/lab/results.ts';
import { isResultEvent, withEvent } from '../extension/report/events.ts';
import type { ExperimentChoice, ExperimentView, PinnedRun, ViewMessage } from '../extension/report/view.ts';

/** An experiment as the panel keeps it: the host's view, with curves and runs by id. */
export interface Experiment extends Omit<ExperimentView, 'samples' | 'runs'> {
  samples: ReadonlyMap<number, SampleBatch>;
  runs: ReadonlyMap<number, RunResult>;
}

/** A pinned run, indexed like the experiment on view. */
export interface PinnedExperiment extends Omit<PinnedRun, 'view'> {
  experiment: Experiment;
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
  /** Earlier runs of the experiment on view that are drawn behind it, the latest first. */
  pinned: readonly PinnedExperiment[];
}

/** The panel before the first message of the host. */
export const initialState: PanelState = { received: false, view: null, experiment: null, choices: [], pinned: [] };

/** The runs on view, as the model of results needs them. */
export function knownOf({ runs, samples, status, stale }: Experiment): Known {
  const isBusy = status === 'loading' || status === 'running';
  // Results of an earlier text are final, whatever has started since.
  return { results: runs, samples, isOver: !isBusy || stale };
}

function withView(state: PanelState, view: ExperimentView | null): PanelState {
  if (view === null) return { ...state, view, experiment: null };
  return { ...state, view, experiment: indexed(view) };
}

function indexed(view: ExperimentView): Experiment {
  const samples = new Map(view.samples.map((curve) => [curve.run, curve]));
  const runs = new Map(view.runs.map((run) => [run.id, run]));
  return { ...view, samples, runs };
}

/** The state after a message of the host. Pure: the earlier state is unchanged. */
export function reduce(state: PanelState, message: ViewMessage): PanelState {
  if (message.type === 'view') {
    const { view, choices } = message;
    const isSame = view?.file === state.view?.file && view?.experiment === state.view?.experiment;
    return withView({ ...state, received: true, choices, pinned: isSame ? state.pinned : [] }, view);
  }
  if (message.type === 'pinned') {
    return { ...state, pinned: message.pinned.map(({ view, ...rest }) => ({ ...rest, experiment: indexed(view) })) };
  }
  // What the cursor is at and what the text says is no part of the state.
  if (message.type === 'light' || message.type === 'knobs') return state;
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
