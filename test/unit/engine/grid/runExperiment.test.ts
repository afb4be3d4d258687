import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { EngineEvent } from '../../../../extension/engine/protocol.ts';
import type { Cells } from '../../../../extension/report/grid.ts';
import { LabFolder, labText } from '../labFile.ts';
import { endClients, of, startClient } from '../startClient.ts';

const folder = new LabFolder();
afterAll(() => {
  endClients();
  folder.remove();
});

const file = folder.write(
  'only.lab.ts',
  labText({
    parameterizations: '{ linear: linear(), square: diagonal({ depth: 2, scale: 0.1 }) }',
    optimizers: '{ GD: gd({ rate: 0.1 }), NGD: ngd({ rate: 0.1 }) }',
    rest: `steps: 20, claims: { apart: ({ result }) => result.invariance('GD') > 0.1 },`,
  }),
);

async function run(only: Cells | null, store: string | null): Promise<EngineEvent[]> {
  const all: EngineEvent[] = [];
  const kept =
    store === null ? null : { folder: path.join(folder.path, store), fresh: false, exact: false, limit: 2 ** 30 };
  const asked = { file, experiments: null, workers: 1, engine: 'cpu' as const, store: kept, only };
  await startClient().run(asked, (event) => all.push(event)).ended;
  return all;
}

const cells = (all: EngineEvent[]) =>
  of(all, 'ran')
    .map(({ run: { parameterization, optimizer } }) => `${parameterization} ${optimizer}`)
    .sort();
const trained = (all: EngineEvent[]) => of(all, 'ran').filter(({ run }) => run.stored === undefined).length;

describe('a part of the grid by itself', () => {
  it('trains what is named, and states neither claims nor an end of the whole', async () => {
    const all = await run({ parameterization: 'square', optimizer: null }, null);
    expect(cells(all)).toEqual(['square GD', 'square NGD']);
    expect(of(all, 'planned')[0]?.grid.only).toEqual({ parameterization: 'square', optimizer: null });
    expect(of(all, 'summarized')).toHaveLength(1);
    expect(all.filter(({ type }) => type === 'claimed' || type === 'finished')).toEqual([]);
    expect(of(all, 'ended').map(({ outcome }) => outcome)).toEqual(['done']);
  });

  it('shows what is stored of the rest, and ends as the whole once nothing is missing', async () => {
    await run({ parameterization: null, optimizer: 'GD' }, 'store');
    const all = await run({ parameterization: 'linear', optimizer: null }, 'store');
    expect(cells(all)).toEqual(['linear GD', 'linear NGD', 'square GD']);
    expect(trained(all)).toBe(1);
    const rest = await run({ parameterization: null, optimizer: 'NGD' }, 'store');
    expect(cells(rest)).toHaveLength(4);
    expect(trained(rest)).toBe(1);
    expect(of(rest, 'finished')).toHaveLength(1);
    expect(of(rest, 'claimed')[0]?.claims).toMatchObject([{ claim: 'apart', holds: true }]);
  });

  it('says that there is no such part', async () => {
    const all = await run({ parameterization: 'cube', optimizer: null }, null);
    expect(of(all, 'failed').map(({ failure }) => failure.message)).toEqual([
      "a run failed: no run of this experiment has the parameterization 'cube'",
    ]);
  });
});
