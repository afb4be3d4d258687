/** What is known of one experiment, and how it changes: a pure function of what was known and what happened. */
import type { EngineEvent } from '../engine/protocol.ts';
import { isResultEvent, noResults, type ResultEvent, withEvent } from '../report/events.ts';
import type { Failure } from '../report/failure.ts';
import type { GridPlan } from '../report/grid.ts';
import type { ExperimentView, ViewMessage } from '../report/view.ts';

export type { ExperimentView };

/** What happens to one experiment: events of the engine, and what the user does. */
export type RecordEvent =
  | EngineEvent
  /** A new run was asked for. */
  | { type: 'started' }
  /** The text of the experiment differs from the one that was run, or no longer does. */
  | { type: 'edited'; changed: boolean };

export interface ExperimentRecord {
  view: ExperimentView;
  /** The grid of a new run that has no sample yet: until then the earlier results stay on view. */
  awaiting: GridPlan | null;
  /** The newest run has replaced the results on view by its own. */
  replaced: boolean;
  /** The text differs from the one that was run. */
  edited: boolean;
  /** Everything that went wrong in the newest run. */
  failures: Failure[];
}

/** What to tell others of a change; `view` stands for the whole view. */
export type News = Exclude<ViewMessage, { type: 'view' | 'choices' }> | { type: 'view' };

export interface Change {
  record: ExperimentRecord;
  news: News[];
}

/** An experiment that has not run. */
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

/** Whether it is being run now. */
export const isBusy = ({ status }: Pick<ExperimentView, 'status'>): boolean =>
  status === 'loading' || status === 'running';

const hasResults = (view: ExperimentView) => view.samples.length > 0 || view.runs.length > 0;

/** An experiment of a request that ended without it: it was not in the file, or the engine stopped before its turn. */
function endStatus(record: ExperimentRecord, outcome: 'done' | 'canceled' | 'failed') {
  if (outcome === 'canceled') return 'canceled';
  return outcome === 'failed' || record.failures.length > 0 ? 'failed' : 'canceled';
}

/** The results of a new run take the place of earlier ones with the first event of it. */
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
