import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { EngineEvent } from '../../../extension/engine/protocol.ts';
import { isResultEvent, noResults, type Results, withEvent } from '../../../extension/report/events.ts';
import type { Recalled } from '../../../extension/report/recalled.ts';
import { LabFolder, labText } from './labFile.ts';
import { endClients, startClient } from './startClient.ts';

const folder = new LabFolder();
afterAll(() => {
  endClients();
  folder.remove();
});

const store = { folder: path.join(folder.path, 'store'), fresh: false, exact: false, limit: 2 ** 30 };
const text = labText({
  before: "import { factor } from './helper.ts';",
  parameterizations: '{ linear: linear(), own: elementwise({ u: 0.5, v: 0.2 }, ({ u, v }) => factor * u * u - v * v) }',
  optimizers: '{ GD: gd({ rate: 0.1 }), NGD: ngd({ rate: 0.1 }) }',
  rest: 'steps: 30, seeds: 2, claims: { yes: () => true, no: () => false },',
});

/** The results of a run, as whoever asked for it collects them. */
async function resultsOf(file: string): Promise<Results> {
  let results: Results = noResults;
  const take = (event: EngineEvent) => {
    if (isResultEvent(event)) {
      const { request: _request, experiment: _experiment, ...rest } = event as EngineEvent & { experiment: string };
      results = withEvent(results, rest as never);
    }
  };
  await startClient().run({ file, experiments: null, workers: 2, engine: 'cpu', store }, take).ended;
  return results;
}

async function recalled(file: string, experiment = 'small'): Promise<Recalled[]> {
  const all: Recalled[] = [];
  await startClient().recall({ file, experiments: [{ experiment, record: null }], store }, (one) => all.push(one))
    .ended;
  return all;
}

it('brings back everything that was known, from another process, without executing the file', async () => {
  folder.write('helper.ts', 'export const factor = 1;');
  const file = folder.write('kept.lab.ts', text);
  const results = await resultsOf(file);
  // Nothing of it is read again.
  writeFileSync(file, 'throw new Error();');
  const [{ view, sources } = { view: null, sources: [] }, ...others] = await recalled(file);
  expect(others).toEqual([]);
  const byRun = <T extends { run: number }>(list: readonly T[]) => list.toSorted((a, b) => a.run - b.run);
  expect(view).toMatchObject({ file, experiment: 'small', status: 'finished', stale: false, failure: null });
  expect(byRun(view!.samples)).toEqual(byRun(results.samples));
  const byId = (runs: Results['runs']) =>
    runs.toSorted((a, b) => a.id - b.id).map(({ stored: _stored, ...run }) => run);
  expect(byId(view!.runs)).toEqual(byId(results.runs));
  const { claims, theory, summary } = view!;
  expect({ claims, theory, summary }).toEqual({
    claims: results.claims,
    theory: results.theory,
    summary: results.summary,
  });
  expect(sources.map((source) => source.file)).toEqual(['kept.lab.ts', 'helper.ts']);
  expect(sources[0]!.text).toBe(text);
});

it('knows nothing of other files and other experiments, nor of a store that is gone', async () => {
  const file = path.join(folder.path, 'kept.lab.ts');
  expect(await recalled(path.join(folder.path, 'other.lab.ts'))).toEqual([]);
  expect(await recalled(file, 'another')).toEqual([]);
  rmSync(store.folder, { recursive: true });
  expect(await recalled(file)).toEqual([]);
});

describe('the history of an experiment', () => {
  const ask = (of: { file: string; experiment: string } | null, pins: { record: string; isPinned: boolean }[] = []) =>
    startClient().history({ of, pins, store });
  const write = (steps: number) =>
    folder.write('history.lab.ts', text.replace('steps: 30', `steps: ${steps}`).replace('small', 'told'));

  it('has all that was run, the latest first, and each can be brought back', async () => {
    const file = write(10);
    await resultsOf(file);
    await resultsOf(write(20));
    const entries = await ask({ file, experiment: 'told' });
    expect(entries.map(({ grid, claims, runs }) => [grid.steps, claims, runs])).toEqual([
      [20, { held: 1, total: 2 }, { ended: 8, total: 8 }],
      [10, { held: 1, total: 2 }, { ended: 8, total: 8 }],
    ]);
    expect(entries[1]!.text).toContain('steps: 10');
    expect(entries[0]).toMatchObject({ file, experiment: 'told', outcome: 'finished', isPinned: false });
    const all: Recalled[] = [];
    const asked = [{ experiment: 'told', record: entries[1]!.key }];
    await startClient().recall({ file, experiments: asked, store }, (one) => all.push(one)).ended;
    expect(all.map(({ view }) => view.grid?.steps)).toEqual([10]);
    expect((await ask(null)).map(({ experiment, grid }) => [experiment, grid.steps])).toEqual([['told', 20]]);
  });

  it('follows a file, and the files of a folder, to another path, with its pins', async () => {
    const from = folder.write('old/history.lab.ts', text.replace('small', 'moved').replace('./helper', '../helper'));
    await resultsOf(from);
    const [entry] = await ask({ file: from, experiment: 'moved' });
    await ask(null, [{ record: entry!.key, isPinned: true }]);
    const move = (...[before, after]: [string, string]) => {
      const moved = { from: path.join(folder.path, before), to: path.join(folder.path, after) };
      return startClient().history({ of: null, moved, pins: [], store });
    };
    const files = async (...moved: [string, string]) =>
      (await move(...moved)).flatMap(({ file, experiment }) =>
        experiment === 'moved' ? [path.relative(folder.path, file)] : [],
      );
    expect(await files('old', 'new')).toEqual(['new/history.lab.ts']);
    expect(await files('new/history.lab.ts', 'new/renamed.lab.ts')).toEqual(['new/renamed.lab.ts']);
    const file = path.join(folder.path, 'new/renamed.lab.ts');
    expect(await ask({ file, experiment: 'moved' })).toMatchObject([{ isPinned: true, date: entry!.date }]);
    expect(await recalled(file, 'moved')).toHaveLength(1);
    expect(await recalled(from, 'moved')).toEqual([]);
  });

  it('keeps what is pinned when the store is pruned', async () => {
    const file = write(20);
    const [latest, older] = await ask({ file, experiment: 'told' });
    await ask(null, [{ record: older!.key, isPinned: true }]);
    expect(await ask({ file, experiment: 'told' })).toMatchObject([{ isPinned: false }, { isPinned: true }]);
    const client = startClient();
    await client.history({ of: null, pins: [], store: { ...store, limit: 1 } });
    // The engine prunes when it is let go.
    await client.dispose();
    const left = await ask({ file, experiment: 'told' });
    expect(left.map(({ key }) => key)).toEqual([older!.key]);
    const counts: boolean[] = [];
    const runAgain = async () =>
      startClient().run({ file: write(10), experiments: null, workers: 2, engine: 'cpu', store }, (event) => {
        if (event.type === 'ran') counts.push(event.run.stored === 'here');
      }).ended;
    await runAgain();
    expect(counts).toEqual(Array(8).fill(true));
    await ask(null, [{ record: older!.key, isPinned: false }]);
    expect((await ask({ file, experiment: 'told' })).every(({ isPinned }) => !isPinned)).toBe(true);
    expect(latest!.key).not.toBe(older!.key);
  });
});
