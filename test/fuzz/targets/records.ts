/** The record of an experiment, and the page that follows it. */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import type { ResultEvent } from '../../../extension/report/events.ts';
import { type ExperimentRecord, idleRecord, isBusy, type RecordEvent, reduce } from '../../../extension/runs/record.ts';
import { initialState, reduce as reducePage } from '../../../webview/state.ts';
import { batch, FILE, grid, result } from '../../unit/runs/events.ts';
import { target } from './target.ts';

const at = { request: 1, experiment: 'One' };
const failure = {
  kind: 'run' as const,
  message: 'wrong',
  hint: null,
  file: FILE,
  line: 1,
  column: 1,
  endLine: null,
  endColumn: null,
  fixes: [],
  experiment: 'One',
};
const run = fc.nat(7);
const errors = fc.array(fc.double({ min: 0, max: 1 }), { minLength: 1, maxLength: 3 });
const resultEvents: fc.Arbitrary<ResultEvent & typeof at> = fc.oneof(
  fc.tuple(run, errors).map(([id, list]) => ({ type: 'sampled' as const, samples: [batch(id, list)], ...at })),
  fc.tuple(run, errors).map(([id, [error]]) => ({ type: 'ran' as const, run: result(id, error!), ...at })),
  fc
    .boolean()
    .map((holds) => ({ type: 'claimed' as const, claims: [{ claim: 'a claim', holds, error: null }], ...at })),
);
const events: fc.Arbitrary<RecordEvent> = fc.oneof(
  { weight: 5, arbitrary: resultEvents },
  fc.constantFrom<RecordEvent>(
    { type: 'started' },
    { type: 'loaded', request: 1, experiments: [{ experiment: 'One', line: 1, column: 1 }] },
    { type: 'planned', request: 1, grid: grid() },
    { type: 'finished', ...at, seconds: 1 },
    { type: 'failed', request: 1, failure },
    { type: 'ended', request: 1, outcome: 'done' },
    { type: 'ended', request: 1, outcome: 'canceled' },
    { type: 'ended', request: 1, outcome: 'failed' },
    { type: 'edited', changed: true },
    { type: 'edited', changed: false },
  ),
);

/** The runs on record after these events, by the rule that users are told: a new run's first result replaces earlier ones. */
class Kept {
  private runs = new Map<number, unknown>();
  private replaced = true;

  take(event: RecordEvent): void {
    if (event.type === 'started') this.replaced = this.isEmpty;
    if (event.type === 'planned' && this.replaced) this.clear();
    if (event.type === 'sampled' || event.type === 'ran' || event.type === 'claimed') {
      if (!this.replaced) this.clear();
      this.replaced = true;
      this.isEmpty &&= event.type === 'claimed';
    }
    if (event.type === 'ran') this.runs.set(event.run.id, event.run);
  }

  private isEmpty = true;

  private clear(): void {
    this.runs.clear();
    this.isEmpty = true;
  }

  holds(record: ExperimentRecord): boolean {
    const { runs } = record.view;
    return runs.length === this.runs.size && runs.every((one) => isDeepStrictEqual(one, this.runs.get(one.id)));
  }
}

export const records = target(
  'records of results',
  'events of an experiment in any order: no finished run is lost, the page shows what the record holds, and an ended run is not busy',
  5,
  fc.array(events, { maxLength: 30 }),
  (all) => {
    let record = idleRecord(FILE, 'One');
    let page = reducePage(initialState, { type: 'view', view: record.view, choices: [] });
    const kept = new Kept();
    for (const event of all) {
      const change = reduce(record, event, 0);
      record = change.record;
      for (const news of change.news) {
        page = reducePage(page, news.type === 'view' ? { type: 'view', view: record.view, choices: [] } : news);
      }
      kept.take(event);
      if (!kept.holds(record)) throw new Error(`runs were lost or came back after ${event.type}`);
      if (!isDeepStrictEqual(page.view, record.view)) throw new Error(`the page differs after ${event.type}`);
      if (event.type === 'ended' && isBusy(record.view)) throw new Error('still busy');
    }
    return 'right';
  },
);
