import { expect, it } from 'vitest';
import type { HistoryEntry } from '../../../extension/report/history.ts';
import { type Pin, PinnedRuns, type Records } from '../../../extension/runs/pinned.ts';
import { idleRecord } from '../../../extension/runs/record.ts';
import { FILE, grid } from './events.ts';

/** Three runs of one experiment, of which the second is pinned. */
class Fake implements Records {
  readonly pinned = new Set(['b']);
  recalled: string[] = [];
  /** Runs whose records have gone. */
  gone = new Set<string>();

  async history(file: string, experiment: string, pins: Pin[] = []): Promise<HistoryEntry[]> {
    for (const { record, isPinned } of pins) this.pinned[isPinned ? 'add' : 'delete'](record);
    return ['a', 'b', 'c'].map((key, i) => ({
      ...{ key, file, experiment, date: 100 - i, isPinned: this.pinned.has(key), text: `text ${key}` },
      ...{ outcome: 'finished', seconds: 1, version: '1', claims: { held: 1, total: 1 }, finding: null },
      ...{ runs: { ended: 8, total: 8 }, grid: { ...grid(), seeds: 2, optimizers: [], points: 0 } },
    }));
  }

  async recallRecord(file: string, experiment: string, record: string) {
    this.recalled.push(record);
    if (this.gone.has(record)) return null;
    return { view: idleRecord(file, experiment).view, sources: [], data: [] };
  }
}

const keys = (runs: PinnedRuns) => runs.of(FILE, 'One').map(({ key }) => key);

it('reads the pinned runs of an experiment once, and tells when they are there', async () => {
  const records = new Fake();
  const runs = new PinnedRuns(records);
  const told: string[] = [];
  runs.subscribe((_file, experiment) => told.push(experiment));
  await Promise.all([runs.load(FILE, 'One'), runs.load(FILE, 'One')]);
  expect(keys(runs)).toEqual(['b']);
  expect(runs.of(FILE, 'One')[0]).toMatchObject({ date: 99, text: 'text b' });
  expect([told, records.recalled]).toEqual([['One'], ['b']]);
});

it('follows pins, and reads only the runs that are new', async () => {
  const records = new Fake();
  const runs = new PinnedRuns(records);
  await runs.load(FILE, 'One');
  await runs.pin(FILE, 'One', { record: 'a', isPinned: true });
  expect(keys(runs)).toEqual(['a', 'b']);
  await runs.pin(FILE, 'One', { record: 'b', isPinned: false });
  expect(keys(runs)).toEqual(['a']);
  expect(records.recalled).toEqual(['b', 'a']);
});

it('leaves out runs that are no longer stored', async () => {
  const records = new Fake();
  records.gone.add('b');
  const runs = new PinnedRuns(records);
  await runs.load(FILE, 'One');
  expect(keys(runs)).toEqual([]);
});
