import { beforeEach, expect, it, vi } from 'vitest';
import type { SourceText } from '../../../extension/report/recalled.ts';
import { RunService } from '../../../extension/runs/runService.ts';
import { batch, FILE, failure, grid, result } from './events.ts';
import { FakeEngine } from './fakeEngine.ts';

let engine: FakeEngine;
let service: RunService;
let prepare: () => boolean;
let unsaved: SourceText[];
let depends: unknown[];

beforeEach(() => {
  engine = new FakeEngine();
  prepare = () => true;
  unsaved = [];
  depends = [];
  service = new RunService({
    engineFor: () => engine,
    settings: () => ({ engine: 'cpu', workers: 2 }),
    prepare: () => prepare(),
    unsaved: () => unsaved,
    onDepends: (...all) => depends.push(all),
  });
});

const view = () => service.view(FILE, 'One')!;
const draft = () => service.start(FILE, ['One'], { draft: true });

it('runs the unsaved texts without a save', () => {
  prepare = () => {
    throw new Error('saved');
  };
  unsaved = [{ file: FILE, text: 'typed' }];
  draft();
  expect(engine.last.asked).toMatchObject({ draft: true, unsaved });
  expect(service.isDraft(FILE, 'One')).toBe(true);
});

it('says what is wrong once nothing has been typed for a while', () => {
  vi.useFakeTimers();
  try {
    draft();
    engine.last.send({ type: 'failed', failure: failure() }, { type: 'ended', outcome: 'failed' });
    vi.advanceTimersByTime(500);
    service.typing(FILE);
    vi.advanceTimersByTime(500);
    expect(view()).toMatchObject({ status: 'loading', failure: null });
    expect(service.failures()).toEqual([]);
    vi.advanceTimersByTime(200);
    expect(view()).toMatchObject({ status: 'failed', failure: failure() });
  } finally {
    vi.useRealTimers();
  }
});

it('says nothing of what is no longer the text', () => {
  vi.useFakeTimers();
  try {
    draft();
    engine.last.send({ type: 'failed', failure: failure() }, { type: 'ended', outcome: 'failed' });
    service.setEdited(FILE, 'One', true);
    vi.advanceTimersByTime(1000);
    expect(view()).toMatchObject({ status: 'canceled', failure: null });
    expect(service.failures()).toEqual([]);
  } finally {
    vi.useRealTimers();
  }
});

it('keeps the results of the runs that it shares with those on view, at their new places', () => {
  const keys = Array.from({ length: 8 }, (_, id) => `key ${id}`);
  service.run(FILE, 'One');
  engine.last.send({ type: 'planned', grid: grid(), keys });
  for (const id of [0, 1]) {
    const samples = [batch(id, [0.5, 0.1 * id])];
    engine.last.send({ type: 'sampled', experiment: 'One', samples });
    engine.last.send({ type: 'ran', experiment: 'One', run: result(id, 0.1 * id) });
  }
  engine.last.send({ type: 'sampled', experiment: 'One', samples: [batch(2, [0.5])] });
  engine.last.send({ type: 'ended', outcome: 'canceled' });
  draft();
  // What has not ended is not known completely.
  expect(engine.last.asked.have).toEqual(['key 0', 'key 1']);
  const moved = {
    ...grid(),
    runs: grid()
      .runs.toReversed()
      .map((run, id) => ({ ...run, id })),
  };
  engine.last.send({ type: 'planned', grid: moved, keys: keys.toReversed(), carried: [7] });
  expect(view().samples).toHaveLength(3);
  engine.last.send({ type: 'sampled', experiment: 'One', samples: [batch(3, [0.4])] });
  expect(view().samples.map(({ run, testError }) => [run, [...testError]])).toEqual([
    [7, [0.5, 0]],
    [3, [0.4]],
  ]);
  expect(view().runs).toEqual([{ ...result(0, 0), ...moved.runs[7] }]);
  expect(view().stale).toBe(false);
});

it('tells what an experiment is made of, unless a newer run has taken its place', () => {
  draft();
  const made = { sources: [{ file: '/folder/a.ts', text: '' }], data: [] };
  engine.last.send({ type: 'depends', experiment: 'One', ...made });
  const [first] = engine.runs;
  draft();
  first.send({ type: 'depends', experiment: 'One', ...made });
  expect(depends).toEqual([[FILE, 'One', expect.objectContaining(made)]]);
});
