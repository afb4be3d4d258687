import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { EngineEvent } from '../../../extension/engine/protocol.ts';
import { LabFolder, labText } from './labFile.ts';
import { endClients, eventsOf, of, startClient } from './startClient.ts';

const folder = new LabFolder();
const longRun = labText({
  problem: 'separable({ dimension: 60, train: 50, test: 50 })',
  parameterizations: '{ a: linear(), b: diagonal() }',
  optimizers: '{ GD: gd({ rate: 0.01 }) }',
  rest: 'steps: 100_000_000,',
});

afterEach(endClients);
afterAll(() => folder.remove());

describe('the engine', () => {
  it('says what it does in order, with samples that grow and one result a run', async () => {
    const all = await eventsOf(
      startClient(),
      folder.write('order.lab.ts', labText({ rest: 'steps: 50, seeds: 3, claims: { yes: () => true },' })),
    );
    const order = all.map((event) => event.type);
    expect(order.slice(0, 3)).toEqual(['loaded', 'depends', 'planned']);
    expect(order.at(-1)).toBe('ended');
    expect(order.at(-2)).toBe('finished');
    expect(
      of(all, 'ran')
        .map(({ run }) => run.seed)
        .sort(),
    ).toEqual([1, 2, 3]);
    const steps = of(all, 'sampled').flatMap(({ samples }) =>
      samples.filter(({ run }) => run === 0).flatMap(({ step }) => [...step]),
    );
    expect(steps).toEqual(Array.from({ length: 51 }, (_, i) => i));
    expect(
      of(all, 'theorized')
        .map(({ theory: { seed, comparisons } }) => [seed, comparisons.length])
        .sort(),
    ).toEqual([
      [1, 1],
      [2, 1],
      [3, 1],
    ]);
    expect(order.lastIndexOf('theorized')).toBeLessThan(order.indexOf('claimed'));
    const targets = of(all, 'theorized').flatMap(({ theory }) => theory.targets);
    expect(targets.map(({ name, kind }) => [name, kind])).toContainEqual(['max L2 margin', 'direction']);
    expect(of(all, 'claimed')[0].claims).toMatchObject([{ claim: 'yes', holds: true, error: null }]);
    const snapshots = of(all, 'sampled').flatMap(({ samples }) =>
      samples.filter(({ run }) => run === 0).flatMap(({ snapshots: some }) => some ?? []),
    );
    expect(snapshots.flatMap(({ step }) => [...step])).toEqual(steps);
    expect(snapshots[0].predictors?.length).toBe(snapshots[0].step.length * 6);
    expect(of(all, 'planned')[0].grid).toMatchObject({ experiment: 'small', line: 3, column: 1, seeds: [1, 2, 3] });
  });

  it('reads functions and constants from a neighbour, without extension, fresh at every load', async () => {
    const engine = startClient();
    folder.write(
      'shared/maths.ts',
      'export const power: number = 2;\nexport function raise(x: number): number { return x ** power; }',
    );
    const file = folder.write(
      'neighbour.lab.ts',
      labText({
        before: "import { raise } from './shared/maths'; const scale = 3;",
        parameterizations: '{ f: elementwise({ u: 0.5 }, ({ u }) => scale * raise(u)) }',
        rest: 'steps: 0 + 1,',
      }),
    );
    const start = async () => of(await eventsOf(engine, file), 'sampled')[0].samples[0].predictor?.[0];
    const one = of(await eventsOf(engine, file), 'ran')[0].run;
    expect(one.parameterization).toBe('f');
    const before = await start();
    folder.write(
      'shared/maths.ts',
      'export const power: number = 4;\nexport function raise(x: number): number { return x ** power; }',
    );
    const after = await start();
    expect(before).not.toBe(after);
    expect(Math.abs(Number(after) - 3 * 0.5 ** 4)).toBeLessThan(0.1);
  });

  it('gives the same bits for one worker and two', async () => {
    const file = folder.write(
      'bits.lab.ts',
      labText({
        parameterizations: '{ a: linear(), b: diagonal(), c: deepLinear({ depth: 2 }) }',
        optimizers: '{ GD: gd({ rate: 0.1 }), NGD: ngd({ rate: 0.1 }) }',
        rest: 'steps: 40, seeds: 2,',
      }),
    );
    const results = async (workers: number) =>
      of(await eventsOf(startClient(), file, workers), 'ran')
        .map(({ run }) => ({ ...run, seconds: 0 }))
        .sort((a, b) => a.id - b.id);
    const [one, two] = [await results(1), await results(2)];
    expect(one).toHaveLength(12);
    expect(two).toEqual(one);
  });

  it('stops a running grid within a second, and runs the next one', async () => {
    const engine = startClient();
    const file = folder.write('long.lab.ts', longRun);
    let canceledAt = 0;
    const run = engine.run({ file, experiments: null, workers: 2, engine: 'auto' }, (event) => {
      if (event.type === 'sampled' && canceledAt === 0) {
        canceledAt = performance.now();
        run.cancel();
      }
    });
    expect(await run.ended).toBe('canceled');
    expect(canceledAt).toBeGreaterThan(0);
    expect(performance.now() - canceledAt).toBeLessThan(1000);
    expect(of(await eventsOf(engine, folder.write('next.lab.ts', labText())), 'ran')).toHaveLength(1);
  });

  it('ends a file that loads forever at the limit, says so at the file, and works again', async () => {
    const engine = startClient({ seconds: 0.5 });
    const file = folder.write('forever.lab.ts', labText({ before: 'for (;;) {}' }));
    const all = await eventsOf(engine, file);
    expect(of(all, 'failed')[0].failure).toMatchObject({
      kind: 'load',
      file,
      line: 2,
      message: 'loading this file used more than 0.5 s of processor time',
    });
    expect(of(all, 'ended')[0].outcome).toBe('failed');
    expect(of(await eventsOf(engine, folder.write('next.lab.ts', labText())), 'ran')).toHaveLength(1);
  });

  it('lets a file that loads forever be cancelled', async () => {
    const engine = startClient();
    const run = engine.run(
      {
        file: folder.write('forever.lab.ts', labText({ before: 'for (;;) {}' })),
        experiments: null,
        workers: 1,
        engine: 'auto',
      },
      () => undefined,
    );
    setTimeout(() => run.cancel(), 300);
    expect(await run.ended).toBe('canceled');
  });

  it('keeps finished runs when a claim never ends and the run is cancelled', async () => {
    const engine = startClient();
    const all: EngineEvent[] = [];
    const file = folder.write(
      'claim.lab.ts',
      labText({ rest: 'steps: 5, claims: { forever: () => { for (;;) {} } },' }),
    );
    const run = engine.run({ file, experiments: null, workers: 1, engine: 'auto' }, (event) => {
      all.push(event);
      if (event.type === 'summarized') setTimeout(() => run.cancel(), 200);
    });
    expect(await run.ended).toBe('canceled');
    expect(of(all, 'ran')).toHaveLength(1);
  });

  it('reports a file that ends its process, at the line, and goes on with others', async () => {
    const engine = startClient();
    const all = await eventsOf(engine, folder.write('exit.lab.ts', labText({ before: 'process.exit(7);' })));
    expect(of(all, 'failed').map(({ failure }) => [failure.message, failure.line])).toEqual([
      ['process.exit() was called', 2],
    ]);
    expect(of(await eventsOf(engine, folder.write('next.lab.ts', labText())), 'ran')).toHaveLength(1);
  });

  it('goes on with the other experiments of a file when one is wrong', async () => {
    const wrong = labText({ parameterizations: '{ f: elementwise({ u: [1, 2] }, ({ u }) => u) }' });
    const file = folder.write(
      'two.lab.ts',
      `${wrong}\n${labText({ names: 'gd as descend' }).replaceAll('gd(', 'descend(').replace("'small'", "'other'")}`,
    );
    const all = await eventsOf(startClient(), file);
    expect(of(all, 'failed')[0].failure).toMatchObject({ experiment: 'small', kind: 'definition', line: 5 });
    expect(of(all, 'finished').map(({ experiment }) => experiment)).toEqual(['other']);
    expect(of(all, 'ended')[0].outcome).toBe('failed');
  });

  it('hands over what the file prints', async () => {
    let output = '';
    const engine = startClient({}, (text) => (output += text));
    await eventsOf(engine, folder.write('print.lab.ts', labText({ before: "console.log('hello from the file');" })));
    expect(output).toContain('hello from the file');
  });
});
