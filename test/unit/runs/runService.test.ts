import { beforeEach, describe, expect, it } from 'vitest';
import type { ViewMessage } from '../../../extension/report/view.ts';
import { RunService } from '../../../extension/runs/runService.ts';
import { batch, FILE, failure, goodRun, grid, result } from './events.ts';
import { FakeEngine } from './fakeEngine.ts';

let engine: FakeEngine;
let service: RunService;
let told: { experiment: string; message: ViewMessage }[];
let prepare: () => boolean | Promise<boolean>;

beforeEach(() => {
  engine = new FakeEngine();
  prepare = () => true;
  service = new RunService({
    engineFor: () => engine,
    settings: () => ({ engine: 'cpu', workers: 2 }),
    prepare: () => prepare(),
    unsaved: () => [],
  });
  told = [];
  service.subscribe((_file, experiment, message) => told.push({ experiment, message }));
});

const view = (experiment = 'One') => service.view(FILE, experiment)!;
const types = () => told.splice(0).map(({ message }) => message.type);

describe('one run', () => {
  it('asks the engine with the settings', () => {
    service.run(FILE, 'One');
    expect(engine.last.asked).toEqual({
      file: FILE,
      experiments: ['One'],
      engine: 'cpu',
      workers: 2,
      instead: { seeds: null, steps: null },
      only: null,
      store: undefined,
      unsaved: [],
      draft: false,
      have: [],
      inspection: true,
    });
    expect(view()).toMatchObject({ status: 'loading', grid: null, stale: false });
  });

  it('keeps what comes and passes it on', () => {
    service.run(FILE, 'One');
    engine.last.send(...goodRun());
    engine.last.send({ type: 'ended', outcome: 'done' });
    expect(view()).toMatchObject({ status: 'finished', seconds: 1.5, stale: false, failure: null });
    expect(view().runs).toHaveLength(1);
    expect(view().claims).toHaveLength(1);
    expect(view().finishedAt).toBeGreaterThan(0);
    expect(types()).toEqual(['status', 'view', 'sampled', 'ran', 'claimed', 'status']);
  });

  it('joins the pieces of curves', () => {
    service.run(FILE, 'One');
    engine.last.send({ type: 'planned', grid: grid() });
    engine.last.send({ type: 'sampled', experiment: 'One', samples: [batch(0, [0.5]), batch(1, [0.4])] });
    const later = { ...batch(0, [0.3, 0.2]), step: Float64Array.of(1, 2), time: Float64Array.of(0.1, 0.2) };
    engine.last.send({ type: 'sampled', experiment: 'One', samples: [later] });
    expect(view().samples.map(({ run, testError }) => [run, [...testError]])).toEqual([
      [0, [0.5, 0.3, 0.2]],
      [1, [0.4]],
    ]);
  });

  it('starts when the file is ready', async () => {
    const saved = Promise.resolve(true);
    prepare = () => saved;
    service.run(FILE, 'One');
    expect(engine.runs).toHaveLength(0);
    await saved;
    expect(engine.runs).toHaveLength(1);
  });

  it('does not start where running is forbidden', () => {
    prepare = () => false;
    service.run(FILE, 'One');
    expect(engine.runs).toHaveLength(0);
    expect(service.view(FILE, 'One')).toBeNull();
  });
});

describe('a run after a finished one', () => {
  beforeEach(() => {
    service.run(FILE, 'One');
    engine.last.send(...goodRun('One', 0.25), { type: 'ended', outcome: 'done' });
    service.run(FILE, 'One');
  });

  it('keeps the earlier results until the first new sample', () => {
    engine.last.send({ type: 'planned', grid: grid() });
    expect(view()).toMatchObject({ status: 'running', stale: true });
    expect(view().runs[0].test?.error).toBe(0.25);
    types();
    engine.last.send({ type: 'sampled', experiment: 'One', samples: [batch(1, [0.1])] });
    expect(types()).toEqual(['view']);
    expect(view()).toMatchObject({ status: 'running', stale: false, runs: [], claims: [], seconds: null });
    expect(view().samples).toHaveLength(1);
  });

  it('keeps the earlier results when it is stopped before it has any', () => {
    engine.last.send({ type: 'planned', grid: grid() });
    service.stop(FILE, 'One');
    expect(engine.last.canceled).toBe(true);
    engine.last.send({ type: 'ended', outcome: 'canceled' });
    expect(view()).toMatchObject({ status: 'canceled', stale: true, seconds: 1.5 });
    expect(view().runs).toHaveLength(1);
  });

  it('keeps the earlier results when the file cannot be loaded', () => {
    engine.last.send({ type: 'failed', failure: failure({ kind: 'load', experiment: null }) });
    engine.last.send({ type: 'ended', outcome: 'failed' });
    expect(view()).toMatchObject({ status: 'failed', failure: { kind: 'load' } });
    expect(view().runs).toHaveLength(1);
  });

  it('keeps its own finished runs when the engine ends in the middle', () => {
    engine.last.send({ type: 'planned', grid: grid() });
    engine.last.send({ type: 'ran', experiment: 'One', run: result(3, 0.1) });
    engine.last.send({ type: 'failed', failure: failure({ kind: 'engine', experiment: null }) });
    engine.last.send({ type: 'ended', outcome: 'failed' });
    expect(view()).toMatchObject({ status: 'failed', runs: [{ id: 3 }] });
  });
});

describe('a run while one is under way', () => {
  it('cancels it, waits for its end and hears nothing of it', async () => {
    service.run(FILE, 'One');
    const [first] = engine.runs;
    first.send({ type: 'planned', grid: grid() });
    service.run(FILE, 'One');
    expect(first.canceled).toBe(true);
    expect(engine.runs).toHaveLength(1);
    first.send(
      { type: 'sampled', experiment: 'One', samples: [batch(0, [0.5])] },
      { type: 'ended', outcome: 'canceled' },
    );
    await first.ended;
    await Promise.resolve();
    expect(engine.runs).toHaveLength(2);
    expect(view()).toMatchObject({ status: 'loading', samples: [] });
    engine.last.send(...goodRun(), { type: 'ended', outcome: 'done' });
    expect(view().status).toBe('finished');
  });

  it('is not begun when it is stopped or replaced while it waits', async () => {
    service.run(FILE, 'One');
    const [first] = engine.runs;
    service.run(FILE, 'One');
    service.run(FILE, 'One');
    service.stop(FILE, 'One');
    first.send({ type: 'ended', outcome: 'canceled' });
    await new Promise((resolve) => setTimeout(resolve));
    expect(engine.runs).toHaveLength(1);
    expect(view().status).toBe('canceled');
  });
});

describe('all experiments of a file', () => {
  it('learns their names from the engine', () => {
    service.start(FILE, null);
    expect(engine.last.asked.experiments).toBeNull();
    engine.last.send({
      type: 'loaded',
      experiments: [
        { experiment: 'One', line: 1, column: 1 },
        { experiment: 'Two', line: 9, column: 1 },
      ],
    });
    expect(service.choices().map(({ experiment, status }) => [experiment, status])).toEqual([
      ['One', 'loading'],
      ['Two', 'loading'],
    ]);
    engine.last.send(...goodRun('Two'), { type: 'ended', outcome: 'canceled' });
    expect(view('One').status).toBe('canceled');
    expect(view('Two').status).toBe('finished');
  });

  it('goes on with what it had not finished when one of them is asked for meanwhile', async () => {
    service.start(FILE, null);
    const [all] = engine.runs;
    all.send({
      type: 'loaded',
      experiments: ['One', 'Two', 'Three'].map((experiment, i) => ({ experiment, line: 9 * i + 1, column: 1 })),
    });
    all.send(...goodRun('One'));
    all.send({ type: 'planned', grid: grid('Two') });
    service.run(FILE, 'Three');
    expect(all.canceled).toBe(true);
    all.send({ type: 'ended', outcome: 'canceled' });
    await new Promise((resolve) => setTimeout(resolve));
    expect(engine.last.asked.experiments).toEqual(['Three', 'Two']);
    engine.last.send(...goodRun('Three'), ...goodRun('Two'), { type: 'ended', outcome: 'done' });
    expect(['One', 'Two', 'Three'].map((name) => view(name).status)).toEqual(['finished', 'finished', 'finished']);
  });

  it('leaves the others alone when one is asked for', () => {
    service.run(FILE, 'One');
    engine.last.send({
      type: 'loaded',
      experiments: [
        { experiment: 'One', line: 1, column: 1 },
        { experiment: 'Two', line: 9, column: 1 },
      ],
    });
    expect(service.view(FILE, 'Two')).toBeNull();
  });

  it('keeps what is wrong with a file that defines nothing', () => {
    service.start(FILE, null);
    engine.last.send({ type: 'failed', failure: failure({ kind: 'load', experiment: null }) });
    expect(service.failures()).toHaveLength(1);
    service.start(FILE, null);
    expect(service.failures()).toHaveLength(0);
  });
});

describe('failures', () => {
  it('are of the newest run and cleared by the next', () => {
    let changes = 0;
    service.onFailures(() => changes++);
    service.run(FILE, 'One');
    engine.last.send({ type: 'failed', failure: failure() }, { type: 'ended', outcome: 'failed' });
    expect(service.failures()).toEqual([failure()]);
    expect(view()).toMatchObject({ status: 'failed', failure: { message: 'wrong' } });
    service.run(FILE, 'One');
    expect(service.failures()).toEqual([]);
    expect(changes).toBe(3);
  });

  it('of the whole file are told once', () => {
    service.declare(FILE, ['One', 'Two']);
    service.start(FILE, ['One', 'Two']);
    engine.last.send({ type: 'failed', failure: failure({ experiment: null }) });
    expect(service.failures()).toHaveLength(1);
  });

  it('go with the experiment that they are of', () => {
    service.declare(FILE, ['One']);
    service.run(FILE, 'One');
    engine.last.send({ type: 'failed', failure: failure() });
    service.declare(FILE, ['Other']);
    expect(service.failures()).toEqual([]);
  });
});

describe('declared experiments', () => {
  it('can be chosen before they run and go when they are renamed', () => {
    service.declare(FILE, ['One', 'Two']);
    expect(service.choices().map(({ experiment }) => experiment)).toEqual(['One', 'Two']);
    service.run(FILE, 'One');
    engine.last.send(...goodRun());
    service.declare(FILE, ['Uno', 'Due']);
    expect(service.choices().map(({ experiment }) => experiment)).toEqual(['One', 'Uno', 'Due']);
    expect(types()).toContain('choices');
  });

  it('turn stale while their text differs from the one that was run', () => {
    service.run(FILE, 'One');
    engine.last.send(...goodRun());
    service.setEdited(FILE, 'One', true);
    expect(view().stale).toBe(true);
    service.setEdited(FILE, 'One', false);
    expect(view().stale).toBe(false);
  });
});
