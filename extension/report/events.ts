/**
 * What becomes known of an experiment while it runs. Engine, extension host and panel pass these events on and collect
 * them by {@link withEvent}; an event is defined here alone.
 */

import { appendSamples } from '../lab/results/index.ts';
import type { ClaimResult, Projection, RunResult, SampleBatch, Summary, Theory } from '../lab/results.ts';

/** All that is known of the results of an experiment. */
export interface Results {
  /** The curves so far, one for each run that has any. */
  samples: SampleBatch[];
  /** The runs that have ended, in the order in which they did. */
  runs: RunResult[];
  projection: Projection | null;
  /** What theory says, one entry for each data set. */
  theory: Theory[];
  summary: Summary | null;
  claims: ClaimResult[];
}

/** The results of an experiment that has none yet. */
export const noResults: Results = {
  samples: [],
  runs: [],
  projection: null,
  theory: [],
  summary: null,
  claims: [],
};

interface EventDefinition<Payload> {
  /** Whether a message that arrived has what the event cannot be read without; the rest is our own structured clone. */
  isComplete(message: Record<string, unknown>): boolean;
  /** What the event changes in the results. */
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
  ran: define<{ run: RunResult }>({
    isComplete: ({ run }) => isObject(run),
    collect: ({ runs }, { run }) => ({ runs: [...runs.filter(({ id }) => id !== run.id), run] }),
  }),
  projected: define<{ projection: Projection }>({
    isComplete: ({ projection }) => isObject(projection),
    collect: (_, { projection }) => ({ projection }),
  }),
  /** What theory says of the runs on one data set, all of which have ended. */
  theorized: define<{ theory: Theory }>({
    isComplete: ({ theory }) => isObject(theory),
    collect: (results, { theory }) => ({ theory: [...results.theory, theory] }),
  }),
  summarized: define<{ summary: Summary }>({
    isComplete: ({ summary }) => isObject(summary),
    collect: (_, { summary }) => ({ summary }),
  }),
  claimed: define<{ claims: ClaimResult[] }>({
    isComplete: ({ claims }) => Array.isArray(claims),
    collect: (_, { claims }) => ({ claims }),
  }),
};

type EventType = keyof typeof definitions;
type PayloadOf<D> = D extends EventDefinition<infer Payload> ? Payload : never;

/** Any event that changes the results of an experiment. */
export type ResultEvent = { [T in EventType]: { type: T } & PayloadOf<(typeof definitions)[T]> }[EventType];

export const resultEventTypes = Object.keys(definitions) as EventType[];

/** Whether an event is one that changes results. */
export function isResultEvent(event: { type: string }): event is ResultEvent {
  return Object.hasOwn(definitions, event.type);
}

/** Whether a message that arrived is an event that can be collected. */
export function isCompleteResultEvent(message: Record<string, unknown>): boolean {
  const { type } = message;
  return typeof type === 'string' && isResultEvent({ type }) && definitions[type as EventType].isComplete(message);
}

/** Results after an event; what was known before stays as it was. */
export function withEvent<R extends Results>(results: R, event: ResultEvent): R {
  const { collect } = definitions[event.type] as EventDefinition<ResultEvent>;
  return { ...results, ...collect(results, event) };
}
