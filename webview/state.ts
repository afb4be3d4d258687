import { appendSamples, type Known } from '../extension/lab/results/index.ts';
import type { RunResult, SampleBatch } from '../extension/lab/results.ts';
import type { ExperimentChoice, ExperimentView, HostMessage } from '../extension/panel/protocol.ts';

/** An experiment as the panel keeps it: like the host's view, with curves and runs found by their number. */
export interface Experiment extends Omit<ExperimentView, 'samples' | 'runs'> {
  samples: ReadonlyMap<number, SampleBatch>;
  runs: ReadonlyMap<number, RunResult>;
}

/** Everything that the panel shows. */
export interface PanelState {
  /** Whether the host has answered yet. */
  received: boolean;
  experiment: Experiment | null;
  choices: readonly ExperimentChoice[];
}

/** The panel before the host has said anything. */
export const initialState: PanelState = { received: false, experiment: null, choices: [] };

/** What the model of results needs to know of the runs on view. */
export function knownOf({ runs, samples, status, stale }: Experiment): Known {
  const isBusy = status === 'loading' || status === 'running';
  // Results of an earlier text are over, whatever has begun since.
  return { results: runs, samples, isOver: !isBusy || stale };
}

function fromView(view: ExperimentView): Experiment {
  return {
    ...view,
    samples: appendSamples(new Map(), view.samples),
    runs: new Map(view.runs.map((run) => [run.id, run])),
  };
}

function news(experiment: Experiment, message: HostMessage): Experiment {
  switch (message.type) {
    case 'sampled':
      return { ...experiment, samples: appendSamples(experiment.samples, message.samples) };
    case 'projected':
      return { ...experiment, projection: message.projection };
    case 'ran':
      return { ...experiment, runs: new Map(experiment.runs).set(message.run.id, message.run) };
    case 'theorized':
      return { ...experiment, theory: [...experiment.theory, message.theory] };
    case 'summarized':
      return { ...experiment, summary: message.summary };
    case 'claimed':
      return { ...experiment, claims: message.claims };
    case 'status': {
      const { status, failure, seconds, finishedAt, stale } = message;
      return { ...experiment, status, failure, seconds, finishedAt, stale };
    }
    default:
      return experiment;
  }
}

/** The next state after a message of the host. Pure: the earlier state stays as it was. */
export function reduce(state: PanelState, message: HostMessage): PanelState {
  if (message.type === 'view') {
    return {
      received: true,
      experiment: message.view && fromView(message.view),
      choices: message.choices,
    };
  }
  if (message.type === 'choices') return { ...state, choices: message.choices };
  if (!state.experiment) return state;
  const experiment = news(state.experiment, message);
  if (message.type !== 'status') return { ...state, experiment };
  const choices = state.choices.map((choice) =>
    choice.file === experiment.file && choice.experiment === experiment.experiment
      ? { ...choice, status: experiment.status }
      : choice,
  );
  return { ...state, experiment, choices };
}
