import { createHash } from 'node:crypto';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { EngineEvent } from '../../../extension/engine/protocol.ts';
import { LabFolder, labText } from './labFile.ts';
import { type EventOf, endClients, eventsOf, of, startClient } from './startClient.ts';

const folder = new LabFolder();
afterAll(() => folder.remove());

/** One engine for the tests of a group: what one file does must not matter to the next. */
function oneEngine(limits = {}) {
  let engine: ReturnType<typeof startClient> | null = null;
  afterAll(endClients);
  return () => (engine ??= startClient(limits));
}

const write = (name: string, parts: Parameters<typeof labText>[0]) => folder.write(name, labText(parts));
const healthy = () => write('healthy.lab.ts', { rest: 'steps: 20, claims: { yes: () => true },' });

/** The failures of a file. */
async function failuresOf(engine: ReturnType<typeof startClient>, file: string) {
  const all = await eventsOf(engine, file);
  expect(of(all, 'ended').map(({ outcome }) => outcome)).toEqual(['failed']);
  return of(all, 'failed').map(({ failure: { message, line, column, experiment, file: at } }) => {
    expect(at).toBe(file);
    return { message, line, column, experiment };
  });
}

async function expectHealthy(engine: ReturnType<typeof startClient>) {
  const all = await eventsOf(engine, healthy());
  expect(of(all, 'claimed')[0]?.claims).toMatchObject([{ claim: 'yes', holds: true, error: null }]);
  expect(of(all, 'ended')[0].outcome).toBe('done');
}

describe('requests at the same time', () => {
  const engineOf = oneEngine({ seconds: 1 });
  it('give each file its own experiments', async () => {
    const engine = engineOf();
    const files = Array.from({ length: 8 }, (_, i) =>
      folder.write(
        `together-${i}.lab.ts`,
        `${i % 2 ? 'await 0;\n' : ''}${labText()}\n${i % 3 ? 'await new Promise((go) => setTimeout(go, 5));' : ''}
experiment('second', { problem: separable({ dimension: 4, train: 3 }), parameterizations: { a: linear() },
  optimizers: { g: gd({ rate: 0.1 }) }, steps: 2 });`
          .replaceAll("'small'", `'first ${i}'`)
          .replaceAll("'second'", `'second ${i}'`),
      ),
    );
    const all = await Promise.all(files.map((file) => eventsOf(engine, file)));
    for (const [i, events] of all.entries()) {
      const names = [`first ${i}`, `second ${i}`];
      expect(of(events, 'loaded')[0].experiments.map(({ experiment }) => experiment)).toEqual(names);
      expect(of(events, 'finished').map(({ experiment }) => experiment)).toEqual(names);
    }
  });

  it('are not ended by a file that loops while it loads, plans or checks claims', async () => {
    const engine = engineOf();
    const looping = [
      write('load.lab.ts', { before: 'for (;;) {}' }),
      write('plan.lab.ts', {
        before: 'const o = new Proxy({ c: 1 }, { get(): number { for (;;) {} } });',
        parameterizations: '{ f: elementwise({ u: 0.5 }, ({ u }) => o.c * u) }',
      }),
      write('claim.lab.ts', { rest: 'steps: 5, claims: { forever: () => { for (;;) {} } },' }),
    ];
    const [good, ...bad] = await Promise.all([healthy(), ...looping].map((file) => eventsOf(engine, file)));
    expect(of(good!, 'ended')[0].outcome).toBe('done');
    for (const events of bad) expect(of(events, 'ended')[0].outcome).toBe('failed');
    await expectHealthy(engine);
  });
});

describe('the limits of user code', () => {
  const engineOf = oneEngine({ seconds: 0.5, bytes: 2 ** 29 });
  const used = (what: string) => `${what} used more than 0.5 s of processor time`;
  const cases: [what: string, parts: Parameters<typeof labText>[0], message: string, line: number][] = [
    ['while it loads', { before: 'const spin = () => {\nfor (;;) {} };\nspin();' }, used('loading this file'), 3],
    [
      'in microtasks while it loads',
      { before: 'const again = (): Promise<void> => Promise.resolve().then(again);\nawait again();' },
      used('loading this file'),
      2,
    ],
    [
      'in a captured object that answers by code of its own',
      {
        before: 'const o = new Proxy({ c: 1 }, {\nget(): number { for (;;) {} } });',
        parameterizations: '{ f: elementwise({ u: 0.5 }, ({ u }) => o.c * u) }',
      },
      used('planning this experiment'),
      3,
    ],
    [
      'in a claim',
      { rest: 'steps: 5, claims: {\nforever: () => {\nfor (;;) {} } },' },
      used('checking the claims of this experiment'),
      9,
    ],
    [
      'in timers after it was loaded',
      {
        before: 'setInterval(() => {\nfor (const until = Date.now() + 20; Date.now() < until;);\n}, 0);',
        parameterizations: '{ linear: linear() }',
        optimizers: '{ GD: gd({ rate: 0.0001 }) }',
        rest: 'steps: 2_000_000_000,',
      },
      used('code of this file that goes on running after it was loaded'),
      3,
    ],
  ];
  it.each(cases)('end a file that computes without end %s, at its line', async (_, parts, message, line) => {
    const file = write('endless.lab.ts', parts);
    const engine = engineOf();
    const all: EngineEvent[] = [];
    const run = engine.run({ file, experiments: null, workers: 1, engine: 'cpu' }, (event) => {
      all.push(event);
      // What was trained goes on: only the user's code has ended.
      if (event.type === 'failed') run.cancel();
    });
    await run.ended;
    expect(of(all, 'failed').map(({ failure }) => [failure.message, failure.line])).toEqual([[message, line]]);
  });

  // Where memory is slow to get, processor time would run out first.
  const patientEngine = oneEngine({ seconds: 60, bytes: 2 ** 29 });

  it('end a file that allocates without end, and say so', async () => {
    const file = write('memory.lab.ts', {
      before: 'const kept: Float64Array[] = [];\nfor (;;) kept.push(new Float64Array(1e6).fill(1));',
    });
    const [failure] = await failuresOf(patientEngine(), file);
    expect(failure).toMatchObject({ message: 'loading this file used more than 0.500 GiB of memory', line: 3 });
  });

  it('count processor time, not time: a file may wait', async () => {
    const engine = engineOf();
    const file = write('wait.lab.ts', { before: 'await new Promise((go) => setTimeout(go, 1500));' });
    expect(of(await eventsOf(engine, file), 'ended')[0].outcome).toBe('done');
  });

  it('end a file inside a native function, which cannot be interrupted', async () => {
    const file = write('native.lab.ts', {
      before: 'new Array(20_000_000).fill(0).map((_, i) => String((i * 7919) % 1e6)).sort().sort().sort();',
    });
    const [failure] = await failuresOf(engineOf(), file);
    expect(failure?.message).toBe(used('loading this file'));
  });

  it('end a file that waits for something that never happens', async () => {
    const [failure] = await failuresOf(engineOf(), write('never.lab.ts', { before: 'await new Promise(() => {});' }));
    expect(failure?.message).toBe('this file waits for something that never happens');
  });
});

describe('errors of user code', () => {
  const engineOf = oneEngine();
  const cases: [what: string, before: string, message: RegExp, line: number][] = [
    ['an object without a prototype', 'throw Object.create(null);', /threw an object that has no text/, 2],
    ['an object whose text throws', 'throw { toString() { throw 1; } };', /threw an object that has no text/, 2],
    [
      'an error whose message throws',
      "throw Object.defineProperty(new Error(), 'message', { get() { throw 1; } });",
      /cannot be described/,
      1,
    ],
    [
      'a proxy that refuses everything',
      'throw new Proxy({}, { get() { throw 1; }, getPrototypeOf() { throw 1; } });',
      /the file threw 1/, // Node looks at it, and that throws
      2,
    ],
    ['a symbol', "throw Symbol('sign');", /threw Symbol\(sign\)/, 2],
    ['undefined', 'throw undefined;', /threw undefined/, 2],
    [
      'an error in a timer',
      "setTimeout(() => {\nthrow new Error('late'); }, 5);\nawait new Promise((go) => setTimeout(go, 50));",
      /late/,
      3,
    ],
    [
      'a rejected promise',
      "Promise.reject(new Error('later'));\nawait new Promise((go) => setTimeout(go, 50));",
      /later/,
      2,
    ],
    ['the end of its process', 'process.exit(0);', /process\.exit\(\) was called/, 2],
    [
      'the end of its process in a timer',
      'setTimeout(() =>\nprocess.exit(0));\nawait new Promise(() => setTimeout(() => {}, 1e6));',
      /process\.exit\(\) was called/,
      3,
    ],
    [
      'a signal to itself',
      "process.kill(process.pid, 'SIGKILL');\nawait new Promise(() => setTimeout(() => {}, 1e6));",
      /the process of this file has ended/,
      1,
    ],
    [
      'a closed channel',
      "for (let fd = 3; fd < 40; fd++) try { (await import('node:fs')).closeSync(fd); } catch {}\nawait new Promise(() => setTimeout(() => {}, 1e6));",
      /the process of this file has ended/,
      1,
    ],
    [
      'garbage on the channel',
      "(await import('node:fs')).writeSync(3, Buffer.alloc(4096, 'garbage'));\nawait new Promise(() => setTimeout(() => {}, 1e6));",
      /the process of this file has/,
      1,
    ],
  ];
  it.each(cases)('such as %s are told at their line, and nothing else ends', async (_, before, message, line) => {
    const engine = engineOf();
    const all = await eventsOf(engine, write('wrong.lab.ts', { before }));
    const failures = of(all, 'failed').map(({ failure }) => failure);
    expect(failures.map((failure) => [failure.message, failure.line])).toEqual([
      [expect.stringMatching(message), line],
    ]);
    await expectHealthy(engine);
  });

  it.each([
    ['nested brackets', `${'('.repeat(3000)}1${')'.repeat(3000)};`],
    ['half-typed nested brackets', `const a = ${'[{ a: ('.repeat(1500)}`],
    ['nested types', `let a: ${'Array<'.repeat(3000)}1${'>'.repeat(3000)};`],
  ])('such as %s end one request only', async (_, before) => {
    const engine = engineOf();
    const all = await eventsOf(engine, write('deep.lab.ts', { before }));
    for (const { failure } of of(all, 'failed')) expect(failure.message).toMatch(/nested too deeply|SyntaxError/);
    await expectHealthy(engine);
  });

  it('after loading do not stop what trains', async () => {
    const file = write('late.lab.ts', {
      // The error comes after planning, which reads the captured object, however long that takes.
      before:
        "let timer: unknown;\nconst o = new Proxy({ c: 1 }, { get() { timer ??= setTimeout(() => {\nthrow new Error('late'); }, 100); return 1; } });",
      parameterizations: '{ f: elementwise({ u: 0.5 }, ({ u }) => o.c * u) }',
      optimizers: '{ GD: gd({ rate: 0.0001 }) }',
      rest: 'steps: 1_500_000,',
    });
    const all = await eventsOf(engineOf(), file);
    expect(of(all, 'failed').map(({ failure }) => [failure.message, failure.line])).toEqual([['late', 4]]);
    expect(of(all, 'ran')).toHaveLength(1);
    expect(of(all, 'finished')).toHaveLength(1);
    expect(of(all, 'ended')[0].outcome).toBe('failed');
  });

  it('are not sought in a file that is gone', async () => {
    const failures = await failuresOf(engineOf(), `${folder.path}/gone.lab.ts`);
    expect(failures).toEqual([{ message: 'this file does not exist', line: 1, column: 1, experiment: null }]);
  });
});

describe('user code cannot speak for the engine', () => {
  const engineOf = oneEngine();
  it.each([
    [
      'posting to its parent',
      "import { parentPort, workerData } from 'node:worker_threads';\nparentPort?.postMessage({ type: 'claimed', claims: [] }); if (workerData) throw 1;",
    ],
    [
      'its process',
      "(process as any).send?.({ type: 'claimed', request: 1, experiment: 'small', claims: [] }); if ((process as any).send) throw 1;",
    ],
    [
      'patched intrinsics',
      `MessagePort.prototype.postMessage = () => { throw new Error('taken'); };
       Reflect.apply = (() => { throw new Error('taken'); }) as any; Function.prototype.call = Function.prototype.apply = (() => 0) as any;
       Object.defineProperty(Object.prototype, 'type', { get: () => 'claimed', set() {}, configurable: true });`,
    ],
    [
      'listeners that were removed',
      "process.removeAllListeners(); import('node:worker_threads').then(({ parentPort }) => parentPort?.removeAllListeners());",
    ],
  ])('through %s', async (_, before) => {
    const claims = 'claims: { no: () => false, yes: () => true },';
    const all = await eventsOf(engineOf(), write('forged.lab.ts', { before, rest: `steps: 3, ${claims}` }));
    const claimed = of(all, 'claimed').flatMap((event: EventOf<'claimed'>) => event.claims);
    // Whoever breaks the language breaks his own file; what is reported is never something else than it says.
    if (claimed.length === 0) expect(of(all, 'failed').length).toBeGreaterThan(0);
    else
      expect(claimed.map(({ claim, holds }) => [claim, holds])).toEqual([
        ['no', false],
        ['yes', true],
      ]);
  });
});

describe('texts that are not saved', () => {
  const engineOf = oneEngine();
  const rate = (value: number) => `export const rate: number = ${value};`;
  const csv = (last: number) => `x,label\n1,1\n2,3\n3,${last}\n`;
  const text = labText({
    before: "import { rate } from './unsaved-rate';\nimport { more } from './unsaved-more.js';",
    problem: "dataset({ csv: 'unsaved.csv', label: 'label', loss: 'square' })",
    optimizers: '{ GD: gd({ rate: rate + more }) }',
  });
  const parts = {
    'unsaved-rate.ts': rate(0.01),
    'unsaved-more.js': 'export const more = 0;',
    'unsaved.csv': csv(5),
  };

  /** The losses with some texts on the disk, and with some in editors. */
  async function losses(onDisk: Record<string, string>, inEditors: Record<string, string>) {
    const file = folder.write('unsaved.lab.ts', text);
    for (const [name, one] of Object.entries({ ...parts, ...onDisk })) folder.write(name, one);
    const unsaved = Object.entries(inEditors).map(([name, one]) => ({ file: path.join(folder.path, name), text: one }));
    const all: EngineEvent[] = [];
    const asked = { file, experiments: null, workers: 1, engine: 'cpu', unsaved } as const;
    await engineOf().run(asked, (event) => all.push(event)).ended;
    expect(of(all, 'failed')).toEqual([]);
    return { loss: of(all, 'ran')[0].run.train.loss, depends: of(all, 'depends')[0] };
  }

  it.each([
    ['of a module', { 'unsaved-rate.ts': rate(0.05) }],
    ['of a module that Node reads itself', { 'unsaved-more.js': 'export const more = 0.02;' }],
    ['of a data file', { 'unsaved.csv': csv(9) }],
  ])('%s run as if they were', async (_, edited) => {
    const { loss: before } = await losses({}, {});
    const { loss } = await losses({}, edited);
    expect(loss).not.toBe(before);
    expect(loss).toBe((await losses(edited, {})).loss);
  });

  it('of the lab file run as if they were', async () => {
    const before = await losses({}, {});
    const after = await losses({}, { 'unsaved.lab.ts': text.replace('steps: 20', 'steps: 40') });
    expect(after.loss).toBeLessThan(before.loss);
  });

  it('are told with what else an experiment is made of', async () => {
    const { depends } = await losses({}, { 'unsaved-rate.ts': rate(0.03) });
    const named = depends.sources.map(({ file, text: one }) => [path.basename(file), one]).sort();
    expect(named).toEqual([
      ['unsaved-more.js', 'export const more = 0;'],
      ['unsaved-rate.ts', rate(0.03)],
    ]);
    const hash = createHash('sha256').update(csv(5)).digest('hex');
    expect(depends.data).toEqual([{ file: path.join(folder.path, 'unsaved.csv'), hash }]);
  });
});
