/**
 * Events with the results of a running experiment. Engine, extension host and panel forward these events and accumulate
 * them with {@link withEvent}. Each event type is defined in this file only.
 */

import { appendSamples } from '../lab/results/index.ts';
import type { ClaimResult, Inspection, RunResult, SampleBatch, Summary, Theory } from '../lab/results.ts';
import type { RunDetails } from './details.ts';

/** The results of an experiment so far. */
export interface Results {
  /** The curves so far, one per run with samples. */
  samples: SampleBatch[];
  /** The runs that have ended, in order of completion. */
  runs: RunResult[];
  /** Theoretical predictions, one entry per data set. */
  theory: Theory[];
  summary: Summary | null;
  claims: ClaimResult[];
  /** Null until the run has ended, and for results that come from the store: hovers ask for it then. */
  inspection: Inspection | null;
  /** What else the user should know of how the results came about: one sentence each. */
  notes: string[];
}

/** The results of an experiment that has not started. */
export const noResults: Results = {
  samples: [],
  runs: [],
  theory: [],
  summary: null,
  claims: [],
  inspection: null,
  notes: [],
};

interface EventDefinition<Payload> {
  /**
   * Whether a received message has the required fields; the rest comes from our own structured clone and is not
   * checked.
   */
  isComplete(message: Record<string, unknown>): boolean;
  /** The fields of the results that the event changes. */
  collect(results: Results, payload: Payload): Partial<Results>;
}

const define = <Payload>(definition: EventDefinition<Payload>) => definition;
const isObject = (value: unknown) => typeof value === 'object' && value !== null;

const definitions = {
  sampled: define<{ samples: SampleBatch[] }>({
    isComplete: ({ samples }) => Array.isArray(samples),
    collect: ({ samples }, added) => {
      const curves = new Map(samples.map((curve) => [curve.run, curve]));
      return { samples: [...appendSamples(curves, added.samples).values()] };
    },
  }),
  /** `awaitsTheory`: a `theorized` event may say more about the run. `details`: only where they were asked for. */
  ran: define<{ run: RunResult; awaitsTheory?: boolean; details?: RunDetails }>({
    isComplete: ({ run }) => isObject(run),
    collect: ({ runs }, { run }) => ({ runs: [...runs.filter(({ id }) => id !== run.id), run] }),
  }),
  /** Predictions and comparisons for one data set, after all its runs have ended. */
  theorized: define<{ theory: Theory }>({
    isComplete: ({ theory }) => isObject(theory),
    collect: (results, { theory }) => ({ theory: [...results.theory, theory] }),
  }),
  /** Comes after everything else, and not for parts of a grid. */
  inspected: define<{ inspection: Inspection }>({
    isComplete: ({ inspection }) => isObject(inspection),
    collect: (_, { inspection }) => ({ inspection }),
  }),
  summarized: define<{ summary: Summary }>({
    isComplete: ({ summary }) => isObject(summary),
    collect: (_, { summary }) => ({ summary }),
  }),
  claimed: define<{ claims: ClaimResult[] }>({
    isComplete: ({ claims }) => Array.isArray(claims),
    collect: (_, { claims }) => ({ claims }),
  }),
  noted: define<{ note: string }>({
    isComplete: ({ note }) => typeof note === 'string',
    collect: ({ notes }, { note }) => ({ notes: [...notes, note] }),
  }),
};

type EventType = keyof typeof definitions;
type PayloadOf<D> = D extends EventDefinition<infer Payload> ? Payload : never;

/** Any event that changes the results of an experiment. */
export type ResultEvent = { [T in EventType]: { type: T } & PayloadOf<(typeof definitions)[T]> }[EventType];

export const resultEventTypes = Object.keys(definitions) as EventType[];

/** Whether an event changes results. */
export function isResultEvent(event: { type: string }): event is ResultEvent {
  return Object.hasOwn(definitions, event.type);
}

/** Whether a received message is a valid result event. */
export function isCompleteResultEvent(message: Record<string, unknown>): boolean {
  const { type } = message;
  return typeof type === 'string' && isResultEvent({ type }) && definitions[type as EventType].isComplete(message);
}

/** The results after an event; the input is not modified. */
export function withEvent<R extends Results>(results: R, event: ResultEvent): R {
  const { collect } = definitions[event.type] as EventDefinition<ResultEvent>;
  return { ...results, ...collect(results, event) };
}
