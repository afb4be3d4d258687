/** The state of one experiment, with a pure reducer. */
import type { EngineEvent } from '../engine/protocol.ts';
import { isResultEvent, noResults, type ResultEvent, withEvent } from '../report/events.ts';
import type { Failure } from '../report/failure.ts';
import type { GridPlan } from '../report/grid.ts';
import type { ExperimentView, ViewMessage } from '../report/view.ts';

export type { ExperimentView };

/** Events that change the state of one experiment: engine events and user actions. */
export type RecordEvent =
  | EngineEvent
  /** A new run was asked for. */
  | { type: 'started' }
  /** The text of the experiment differs from the one that was run, or no longer does. */
  | { type: 'edited'; changed: boolean };

export interface ExperimentRecord {
  view: ExperimentView;
  /** What decides the numbers of each run on view, by the run's id; empty where that is not known. */
  keys: readonly string[];
  /** The grid of a new run that has no samples yet. The previous results remain visible until the first sample. */
  awaiting: Awaited | null;
  /** Whether the latest run has replaced the visible results. */
  replaced: boolean;
  /** Whether the text differs from the text that was run. */
  edited: boolean;
  /** All failures of the latest run. */
  failures: Failure[];
}

/** A grid that takes the place of the results on view. */
interface Awaited {
  grid: GridPlan;
  keys: readonly string[];
  /** The ids of the runs that are on view already. */
  carried: readonly number[];
}

/** A notification about a change; `view` means the whole view. */
export type News = Exclude<ViewMessage, { type: 'view' | 'choices' }> | { type: 'view' };

export interface Change {
  record: ExperimentRecord;
  news: News[];
}

/** The record of an experiment that has not run. */
export function idleRecord(file: string, experiment: string): ExperimentRecord {
  return {
    view: {
      file,
      experiment,
      status: 'idle',
      grid: null,
      ...noResults,
      failure: null,
      seconds: null,
      finishedAt: null,
      stale: false,
    },
    keys: [],
    awaiting: null,
    replaced: true,
    edited: false,
    failures: [],
  };
}

/** The keys of the runs on view that have ended: all of their samples are known. */
export function keysOnView(record: ExperimentRecord | undefined): string[] {
  if (!record) return [];
  const { keys, view } = record;
  const sampled = new Set(view.samples.map(({ run }) => run));
  return view.runs.flatMap(({ id }) => (sampled.has(id) ? (keys[id] ?? []) : []));
}

/** @param now milliseconds since the epoch */
export function reduce(record: ExperimentRecord, event: RecordEvent, now: number): Change {
  const { view } = record;
  if (isResultEvent(event)) return withResult(record, event);
  switch (event.type) {
    case 'started':
      return withStatus({
        ...record,
        awaiting: null,
        replaced: !hasResults(view),
        edited: false,
        failures: [],
        view: { ...view, status: 'loading', failure: null },
      });
    case 'edited':
      return record.edited === event.changed ? unchanged(record) : withStatus({ ...record, edited: event.changed });
    case 'loaded':
    case 'depends':
    case 'printed':
      return unchanged(record);
    case 'planned': {
      const { grid, keys = [], carried = [] } = event;
      const awaiting = { grid, keys, carried };
      const running: ExperimentRecord = { ...record, view: { ...view, status: 'running' } };
      if (!record.replaced) return withStatus({ ...running, awaiting });
      return withView(replacedBy(running, awaiting));
    }
    case 'finished':
      return withStatus({
        ...record,
        view: { ...view, status: 'finished', seconds: event.seconds, finishedAt: now },
      });
    case 'failed':
      return withStatus({
        ...record,
        failures: [...record.failures, event.failure],
        view: { ...view, failure: view.failure ?? event.failure },
      });
    case 'ended':
      return view.status === 'loading' || view.status === 'running'
        ? withStatus({ ...record, awaiting: null, view: { ...view, status: endStatus(record, event.outcome) } })
        : unchanged(record);
  }
}

/** Whether the experiment is running. */
export const isBusy = ({ status }: Pick<ExperimentView, 'status'>): boolean =>
  status === 'loading' || status === 'running';

const hasResults = (view: ExperimentView) => view.samples.length > 0 || view.runs.length > 0;

/**
 * The status of an experiment whose request ended without running it: it was not in the file, or the engine stopped
 * first.
 */
function endStatus(record: ExperimentRecord, outcome: 'done' | 'canceled' | 'failed') {
  if (outcome === 'canceled') return 'canceled';
  return outcome === 'failed' || record.failures.length > 0 ? 'failed' : 'canceled';
}

/** The first result event of a new run replaces the earlier results. */
function withResult(record: ExperimentRecord, event: ResultEvent & { request?: number; experiment?: string }): Change {
  const { request: _request, experiment: _experiment, ...news } = event;
  if (record.replaced) return { record: { ...record, view: withEvent(record.view, news) }, news: [news] };
  const next = replacedBy(record, record.awaiting);
  return withView({ ...next, view: withEvent(next.view, news), awaiting: null, replaced: true });
}

/** The record of a new grid: of the results on view those of the same runs stay. */
function replacedBy(record: ExperimentRecord, awaiting: Awaited | null): ExperimentRecord {
  const { grid = null, keys = [] } = awaiting ?? {};
  const ended = { seconds: null, finishedAt: null };
  return { ...record, keys, view: { ...record.view, grid, ...noResults, ...carriedOver(record, awaiting), ...ended } };
}

/** The curves and results of the runs that a new grid shares with the one on view, at their places in it. */
function carriedOver({ view, keys }: ExperimentRecord, awaiting: Awaited | null) {
  const before = new Map(keys.map((key, id) => [key, id]));
  const batches = new Map(view.samples.map((batch) => [batch.run, batch]));
  const results = new Map(view.runs.map((run) => [run.id, run]));
  const found = (awaiting?.carried ?? []).flatMap((id) => {
    const [identity, was] = [awaiting?.grid.runs[id], before.get(awaiting?.keys[id] ?? '')];
    const [batch, run] = was === undefined ? [] : [batches.get(was), results.get(was)];
    return identity && batch && run ? [{ batch: { ...batch, run: id }, run: { ...run, ...identity } }] : [];
  });
  return { samples: found.map(({ batch }) => batch), runs: found.map(({ run }) => run) };
}

const withStale = (record: ExperimentRecord): ExperimentRecord => ({
  ...record,
  view: { ...record.view, stale: hasResults(record.view) && (!record.replaced || record.edited) },
});

function withView(record: ExperimentRecord): Change {
  return { record: withStale(record), news: [{ type: 'view' }] };
}

function withStatus(record: ExperimentRecord): Change {
  const next = withStale(record);
  const { status, failure, seconds, finishedAt, stale } = next.view;
  return { record: next, news: [{ type: 'status', status, failure, seconds, finishedAt, stale }] };
}

const unchanged = (record: ExperimentRecord): Change => ({ record, news: [] });
