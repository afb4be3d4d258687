import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { EngineAnswer } from '../../../../extension/engine/protocol.ts';
import { LabFolder, labText } from '../labFile.ts';
import { endClients, startClient } from '../startClient.ts';

const folder = new LabFolder();
afterAll(() => {
  endClients();
  folder.remove();
});

const store = { folder: path.join(folder.path, 'store'), fresh: false, exact: false, limit: 2 ** 30 };
const parts = {
  parameterizations: "{ linear: linear(), 'u²': elementwise({ u: 0.1 }, ({ u }) => u * u) }",
  optimizers: '{ GD: gd({ rate: 0.001 }), wild: gd({ rate: 1e200 }) }',
  problem: "dataset({ csv: 'data.csv', label: 'label', loss: 'square' })",
  rest: 'steps: 20, seeds: 2,',
};
folder.write('data.csv', 'x,z,label\n1,0,1\n2,1,3\n3,1,4\n4,0,4\n5,2,7\n');

async function inspect(file: string, changes: { unsaved?: { file: string; text: string }[]; rates?: boolean } = {}) {
  const all: EngineAnswer[] = [];
  const asked = { file, experiments: null, store, rates: false, unsaved: [], ...changes };
  const outcome = await startClient().inspect(asked, (answer) => all.push(answer)).ended;
  const [inspection] = all.flatMap((answer) => (answer.type === 'inspected' ? [answer.inspection] : []));
  return { outcome, types: all.map(({ type }) => type), inspection };
}

describe('an inspection without training', () => {
  it('says of each parameterization what is known at its start', async () => {
    const file = folder.write('untrained.lab.ts', labText(parts));
    const { outcome, types, inspection } = await inspect(file);
    expect(outcome).toBe('done');
    expect(types).toEqual(['loaded', 'inspected', 'ended']);
    expect(inspection).toMatchObject({
      parameterizations: [
        { name: 'linear', parameters: 2, jacobian: { of: 'predictor', rows: 2, start: 2, ends: [] } },
        { name: 'u²', mathematics: ['w = u²', '∂w/∂u = 2 u'], parameters: 2, jacobian: { start: 2, ends: [] } },
      ],
      rates: [],
    });
  });

  it('adds the ends of the runs that are stored, without those that diverged', async () => {
    const file = folder.write('stored.lab.ts', labText(parts));
    const asked = { file, experiments: null, workers: 1, engine: 'cpu', store } as const;
    await startClient().run(asked, () => undefined).ended;
    const { inspection } = await inspect(file);
    const ends = [{ optimizer: 'GD', rank: 2 }];
    expect(inspection?.parameterizations.map(({ jacobian }) => jacobian?.ends)).toEqual([ends, ends]);
  });

  it('tries other rates where stored runs diverged, if they are wanted', async () => {
    const optimizers = '{ GD: gd({ rate: 0.001 }), wild: gd({ rate: 5 }) }';
    const file = folder.write('rates.lab.ts', labText({ ...parts, optimizers }));
    const asked = { file, experiments: null, workers: 1, engine: 'cpu', store, inspection: true } as const;
    const told: EngineAnswer[] = [];
    await startClient().run(asked, (answer) => told.push(answer)).ended;
    const { inspection } = await inspect(file, { rates: true });
    expect(inspection?.rates).toMatchObject([{ optimizer: 'wild' }]);
    expect((await inspect(file)).inspection).toEqual({ ...inspection, rates: [] });
    // What is said of stored runs is what was said when they ran.
    expect(told.flatMap((answer) => (answer.type === 'inspected' ? [answer.inspection] : []))).toEqual([inspection]);
    const { rate } = inspection!.rates[0]!;
    const mended = folder.write('mended.lab.ts', labText({ ...parts, optimizers: `{ wild: gd({ rate: ${rate} }) }` }));
    const runs: EngineAnswer[] = [];
    await startClient().run({ ...asked, file: mended }, (answer) => runs.push(answer)).ended;
    const ended = runs.flatMap((answer) => (answer.type === 'ran' ? [answer.run] : []));
    expect(ended.map(({ seed, diverged }) => [seed, diverged])).toEqual(
      Array.from(ended, ({ seed }) => [seed, undefined]),
    );
    expect(ended).toHaveLength(4);
  });

  it('reads texts that are not saved', async () => {
    const file = folder.write('unsaved.lab.ts', labText(parts));
    const text = labText({ ...parts, parameterizations: '{ cube: elementwise({ u: 0.1 }, ({ u }) => u ** 3) }' });
    const { inspection } = await inspect(file, { unsaved: [{ file, text }] });
    expect(inspection?.parameterizations).toMatchObject([{ name: 'cube', mathematics: ['w = u³', '∂w/∂u = 3 u²'] }]);
  });

  it('fails where the file is wrong', async () => {
    const file = folder.write('wrong.lab.ts', labText({ ...parts, before: "throw new Error('no');" }));
    expect(await inspect(file)).toMatchObject({ outcome: 'failed', inspection: undefined });
  });

  it('ends when it is canceled', async () => {
    const file = folder.write(
      'waits.lab.ts',
      labText({ before: 'await new Promise((go) => setTimeout(go, 60_000));' }),
    );
    const request = startClient().inspect(
      { file, experiments: null, store: null, rates: false, unsaved: [] },
      () => undefined,
    );
    request.cancel();
    expect(await request.ended).toBe('canceled');
  });
});

it('prints nothing of what the file prints', async () => {
  let printed = '';
  const client = startClient({}, (text) => {
    printed += text;
  });
  const file = folder.write('prints.lab.ts', labText({ before: "console.log('loaded');" }));
  await client.inspect({ file, experiments: null, store: null, rates: false, unsaved: [] }, () => undefined).ended;
  await client.explain(
    { file, experiments: null, as: 'text', instead: { seeds: null, steps: null }, unsaved: [] },
    () => undefined,
  ).ended;
  // The second request shows that the first would have been heard.
  expect(printed.match(/loaded/g)).toHaveLength(1);
});
