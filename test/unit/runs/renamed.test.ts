import { beforeEach, expect, it } from 'vitest';
import { RunService } from '../../../extension/runs/runService.ts';
import { FILE, failure, goodRun, grid, result } from './events.ts';
import { FakeEngine } from './fakeEngine.ts';

const NEW = '/folder/second.lab.ts';
let engine: FakeEngine;
let service: RunService;

beforeEach(() => {
  engine = new FakeEngine();
  service = new RunService({
    engineFor: () => engine,
    settings: () => ({ engine: 'cpu', workers: 2 }),
    prepare: () => true,
    unsaved: () => [],
  });
});

it('moves results to the new path, where those of an empty record stood', () => {
  service.run(FILE, 'One');
  engine.last.send(...goodRun(), { type: 'ended', outcome: 'done' });
  service.declare(NEW, ['One']);
  service.rename(FILE, NEW);
  expect(service.view(FILE, 'One')).toBe(null);
  expect(service.view(NEW, 'One')).toMatchObject({ file: NEW, status: 'finished' });
  expect(service.view(NEW, 'One')!.runs).toHaveLength(1);
  expect(service.choices()).toEqual([{ file: NEW, experiment: 'One', status: 'finished' }]);
});

it('lets a run in progress go on under the new path, and Stop reach it', () => {
  service.run(FILE, 'One');
  engine.last.send({ type: 'planned', grid: grid() });
  service.rename(FILE, NEW);
  engine.last.send({ type: 'ran', experiment: 'One', run: result(0, 0.5) });
  expect(service.view(NEW, 'One')).toMatchObject({ status: 'running', runs: [{ id: 0 }] });
  service.stop(NEW, 'One');
  expect(engine.last.canceled).toBe(true);
  engine.last.send({ type: 'ended', outcome: 'canceled' });
  expect(service.view(NEW, 'One')).toMatchObject({ status: 'canceled', runs: [{ id: 0 }] });
  expect(service.view(FILE, 'One')).toBe(null);
});

it('reports failures at the new path, those from before and those that come later', () => {
  service.run(FILE, 'One');
  engine.last.send({ type: 'failed', failure: failure() });
  service.rename(FILE, NEW);
  expect(service.failures().map(({ file }) => file)).toEqual([NEW]);
  engine.last.send({ type: 'failed', failure: failure() });
  expect(service.failures().map(({ file }) => file)).toEqual([NEW, NEW]);
  expect(service.view(NEW, 'One')!.failure!.file).toBe(NEW);
});

it('runs the file at its new path', () => {
  service.run(FILE, 'One');
  engine.last.send(...goodRun(), { type: 'ended', outcome: 'done' });
  service.rename(FILE, NEW);
  service.run(NEW, 'One');
  expect(engine.last.asked.file).toBe(NEW);
});
