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
  /** The grid of a new run that has no samples yet. The previous results remain visible until the first sample. */
  awaiting: GridPlan | null;
  /** Whether the latest run has replaced the visible results. */
  replaced: boolean;
  /** Whether the text differs from the text that was run. */
  edited: boolean;
  /** All failures of the latest run. */
  failures: Failure[];
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
    awaiting: null,
    replaced: true,
    edited: false,
    failures: [],
  };
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
      return unchanged(record);
    case 'planned': {
      const running: ExperimentRecord = { ...record, view: { ...view, status: 'running' } };
      if (!record.replaced) return withStatus({ ...running, awaiting: event.grid });
      return withView({ ...running, view: emptied(running.view, event.grid) });
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
  const view = withEvent(emptied(record.view, record.awaiting), news);
  return withView({ ...record, view, awaiting: null, replaced: true });
}

function emptied(view: ExperimentView, grid: GridPlan | null): ExperimentView {
  return {
    ...view,
    grid,
    ...noResults,
    seconds: null,
    finishedAt: null,
  };
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
