import {
  appendFileSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { LabFolder } from '../engine/labFile.ts';
import { depthLab, type Output } from './depthLab.ts';

const folder = new LabFolder();
afterAll(() => folder.remove());

interface Parts {
  parameterizations?: string;
  optimizers?: string;
  seeds?: string;
  steps?: string;
  before?: string;
}

/** Two parameterizations, two optimizers and two seeds: eight runs. */
function text({
  parameterizations = 'linear: linear(), own: elementwise({ u: 0.5, v: 0.25 }, ({ u, v }) => u * u - v * v)',
  optimizers = 'GD: gd({ rate: 0.1 }), NGD: ngd({ rate: 0.1 })',
  seeds = '2',
  steps = '40',
  before = '',
}: Parts = {}): string {
  return `import { elementwise, experiment, gd, linear, ngd, separable } from 'depth-lab';
${before}
experiment('kept', {
  problem: separable({ dimension: 6, train: 4, test: 20 }),
  parameterizations: { ${parameterizations} },
  optimizers: { ${optimizers} },
  steps: ${steps},
  seeds: ${seeds},
  claims: { yes: ({ result }) => result.runs.length > 0 },
});
`;
}

const store = path.join(folder.path, 'store');
beforeEach(() => rmSync(store, { recursive: true, force: true }));

type Line = Record<string, unknown>;
const linesOf = ({ stdout }: Output) =>
  stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line);

async function run(parts: Parts = {}, ...options: string[]) {
  const file = folder.write('kept.lab.ts', text(parts));
  const output = await depthLab(['run', file, '--json', '--engine', 'cpu', '--store', store, ...options]);
  const lines = linesOf(output);
  const { runs, stored, trained } = lines.find(({ kind }) => kind === 'summary') ?? {};
  return { ...output, lines, counts: [runs, stored, trained] };
}

/** Fills the store as {@link run} does; from the second time on by a copy. */
async function stored(): Promise<void> {
  const copy = path.join(folder.path, 'copy');
  if (existsSync(copy)) {
    cpSync(copy, store, { recursive: true });
    return;
  }
  await run();
  cpSync(store, copy, { recursive: true });
}

/** The lines but for what may differ between two calls. */
const comparable = (lines: Line[]) =>
  lines.filter(({ kind }) => kind !== 'summary').map(({ seconds: _seconds, stored: _stored, ...line }) => line);

describe('runs that are stored', { timeout: 60_000 }, () => {
  it('are not trained again, and give the same lines with the same claims', async () => {
    const first = await run();
    expect(first.counts).toEqual([8, 0, 8]);
    const second = await run();
    expect(second.counts).toEqual([8, 8, 0]);
    expect(comparable(second.lines)).toEqual(comparable(first.lines));
    expect(first.lines.filter(({ stored }) => stored === false)).toHaveLength(8);
    expect(second.lines.filter(({ stored }) => stored === true)).toHaveLength(8);
    expect(second.stderr).toContain('all 8 runs stored; 0 trained');
  });

  it.each<[string, Parts, number[]]>([
    [
      'a name',
      { parameterizations: 'other: linear(), own: elementwise({ u: 0.5, v: 0.25 }, ({ u, v }) => u * u - v * v)' },
      [8, 8, 0],
    ],
    [
      'a comment',
      { before: '// A comment.', optimizers: 'GD: gd({ rate: 0.1 }) /* here */, NGD: ngd({ rate: 0.1 })' },
      [8, 8, 0],
    ],
    ['the order', { optimizers: 'NGD: ngd({ rate: 0.1 }), GD: gd({ rate: 0.1 })' }, [8, 8, 0]],
    [
      'one parameterization',
      { parameterizations: 'linear: linear(), own: elementwise({ u: 0.5, v: 0.25 }, ({ u, v }) => u * u - 2 * v * v)' },
      [8, 4, 4],
    ],
    ['the rate of one optimizer', { optimizers: 'GD: gd({ rate: 0.2 }), NGD: ngd({ rate: 0.1 })' }, [8, 4, 4]],
    ['the seeds, by one', { seeds: '3' }, [12, 8, 4]],
    [
      'the optimizers, by one',
      { optimizers: 'GD: gd({ rate: 0.1 }), NGD: ngd({ rate: 0.1 }), slow: gd({ rate: 0.01 })' },
      [12, 8, 4],
    ],
    ['the steps', { steps: '41' }, [8, 0, 8]],
  ])('are found again after a change of %s', async (_, changed, counts) => {
    await stored();
    expect((await run(changed)).counts).toEqual(counts);
  });

  it('are trained again where that is asked for', async () => {
    await stored();
    const fresh = await run({}, '--fresh');
    expect(fresh.counts).toEqual([8, 0, 8]);
    expect(fresh.stderr).toContain('8 runs were trained again: not a bit differs from what was stored.');
    const file = path.join(folder.path, 'kept.lab.ts');
    const none = linesOf(await depthLab(['run', file, '--json', '--no-store']));
    expect(none.at(-1)).toMatchObject({ kind: 'summary', stored: 0, trained: 8 });
    expect(existsSync(path.join(folder.path, '.depth-lab'))).toBe(false);
  });

  it('come from where the environment says', async () => {
    const file = folder.write('kept.lab.ts', text());
    const env = { DEPTH_LAB_STORE: store };
    await depthLab(['run', file, '--json'], { env });
    expect(linesOf(await depthLab(['run', file, '--json'], { env })).at(-1)).toMatchObject({ stored: 8, trained: 0 });
    expect(linesOf(await depthLab(['run', file, '--json'])).at(-1)).toMatchObject({ stored: 0, trained: 8 });
  });

  it('are those that ended before an interruption', async () => {
    const long = { seeds: '30', steps: '100_000' };
    const file = folder.write('kept.lab.ts', text(long));
    const out = path.join(folder.path, 'out');
    const hasRun = () =>
      existsSync(out) && readdirSync(out).some((name) => readFileSync(path.join(out, name)).length > 0);
    const broken = await depthLab(['run', file, '--json', '--store', store, '--out', out], { interruptWhen: hasRun });
    expect(broken.status).toBe(3);
    const before = linesOf(broken).filter(({ kind }) => kind === 'run').length;
    const { counts } = await run(long);
    const [runs, stored, trained] = counts as number[];
    expect(runs).toBe(120);
    expect(stored).toBeGreaterThanOrEqual(before);
    expect(stored! + trained!).toBe(120);
    expect(stored).toBeGreaterThan(0);
    expect(trained).toBeGreaterThan(0);
  });

  it('are not used where they are damaged', async () => {
    const first = await run();
    for (const name of readdirSync(store).filter((one) => one.endsWith('.segment'))) {
      const file = path.join(store, name);
      const bytes = readFileSync(file);
      for (let at = 200; at < bytes.length; at += 997) bytes[at]! ^= 0x55;
      writeFileSync(file, bytes);
    }
    const again = await run();
    expect(again.counts[2]).toBeGreaterThan(0);
    expect(comparable(again.lines)).toEqual(comparable(first.lines));
  });
});

describe('a file that is another one each time it is loaded', { timeout: 60_000 }, () => {
  const own = (factor: string) =>
    `linear: linear(), own: elementwise({ u: 0.5, v: 0.25 }, ({ u, v }) => ${factor} * u - v)`;

  it('has runs that are not stored, and that is said', async () => {
    const changing = { before: 'const factor = Math.random();', parameterizations: own('factor') };
    const first = await run(changing);
    expect(first).toMatchObject({ status: 0, counts: [8, 0, 8] });
    expect(first.stderr).toContain(
      '4 of 8 runs are not stored: the file defines them differently each time it is loaded (it calls Math.random).',
    );
    expect((await run(changing)).counts).toEqual([8, 4, 4]);
  });

  it('is found out by what it gave the time before, if it calls nothing that is watched', async () => {
    const before = `import { readFileSync, writeFileSync } from 'node:fs';
const counter = new URL('./counter', import.meta.url);
const factor = Number(readFileSync(counter, 'utf8')) + 1;
writeFileSync(counter, String(factor));`;
    folder.write('counter', '0');
    const changing = { before, parameterizations: own('factor') };
    expect((await run(changing)).counts).toEqual([8, 0, 8]);
    const second = await run(changing);
    expect(second.counts).toEqual([8, 4, 4]);
    expect(second.stderr).toContain('4 of 8 runs are not stored: the file defines them differently');
  });

  it('is stored if what it asks for decides nothing', async () => {
    const harmless = { before: "console.error('loaded', new Date(), Math.random());" };
    const first = await run(harmless);
    expect(first.stderr).not.toContain('not stored');
    expect(first.stderr.match(/loaded/g)).toHaveLength(1);
    expect((await run(harmless)).counts).toEqual([8, 8, 0]);
  });
});

describe('a store that cannot be written', { timeout: 60_000 }, () => {
  it('is said once, and the run goes on in memory', async () => {
    writeFileSync(store, 'a file is in the way');
    const { status, counts, stderr } = await run();
    expect({ status, counts }).toEqual({ status: 0, counts: [8, 0, 8] });
    expect(stderr).toBe(
      `depth-lab: The store ${store} cannot be read: a file is in the way. What is new stays in memory.\n`,
    );
    expect(readFileSync(store, 'utf8')).toBe('a file is in the way');
  });
});

describe('a store with a limit', { timeout: 60_000 }, () => {
  it('loses its oldest records when the engine ends', async () => {
    await run({ seeds: '1', steps: '30' });
    const { size } = statSync(path.join(store, readdirSync(store).find((name) => name.endsWith('.segment'))!));
    // Room for both, but for a little.
    const { counts } = await run({ seeds: '1', steps: '40' }, '--store-limit', String((1.9 * size) / 2 ** 30));
    expect(counts).toEqual([4, 0, 4]);
    const [, older] = (await run({ seeds: '1', steps: '30' })).counts as number[];
    expect(older).toBeLessThan(4);
  });
});

describe('more of an experiment', { timeout: 60_000 }, () => {
  it('trains the seeds that are new, and other steps', async () => {
    await stored();
    const more = await run({}, '--seeds', '4');
    expect(more.counts).toEqual([16, 8, 8]);
    expect(new Set(more.lines.flatMap(({ kind, seed }) => (kind === 'run' ? [seed] : [])))).toEqual(
      new Set([1, 2, 3, 4]),
    );
    expect((await run({}, '--seeds', '2-3')).counts).toEqual([8, 8, 0]);
    const longer = await run({}, '--steps', '50');
    expect(longer.counts).toEqual([8, 0, 8]);
    expect(new Set(longer.lines.flatMap(({ kind, steps }) => (kind === 'run' ? [steps] : [])))).toEqual(new Set([50]));
    expect((await run({ steps: '50' })).counts).toEqual([8, 8, 0]);
  });

  it('is refused where it makes no sense', async () => {
    expect(await run({}, '--seeds', '5-2')).toMatchObject({ status: 2 });
    expect((await run({}, '--seeds', '60000')).stderr).toContain('240000 runs, more than the 65536');
  });
});

describe('a grid in parts', { timeout: 60_000 }, () => {
  it('equals the whole, bit for bit, once its stores are merged', async () => {
    const whole = await run({}, '--no-store');
    const file = path.join(folder.path, 'kept.lab.ts');
    const parts = [1, 2, 3].map((i) => path.join(folder.path, `part${i}`));
    let printed = 0;
    for (const [i, part] of parts.entries()) {
      const output = await depthLab([
        'run',
        file,
        '--json',
        '--store',
        part,
        '--shard',
        `${i + 1}/3`,
        '--engine',
        'cpu',
      ]);
      const lines = linesOf(output);
      printed += lines.filter(({ kind }) => kind === 'run').length;
      expect(lines.filter(({ kind }) => kind === 'claim')).toEqual([]);
    }
    expect(printed).toBe(8);
    const merged = await depthLab(['merge', '--store', store, ...parts]);
    expect(merged).toMatchObject({ status: 0, stderr: '' });
    const again = await run();
    expect(again.counts).toEqual([8, 8, 0]);
    expect(comparable(again.lines)).toEqual(comparable(whole.lines));
    for (const part of parts) rmSync(part, { recursive: true });
  });

  it('must be one of its parts', async () => {
    const file = folder.write('kept.lab.ts', text());
    const { status, stderr } = await depthLab(['run', file, '--shard', '4/3']);
    expect(status).toBe(2);
    expect(stderr).toContain('It must be i/n');
  });
});

describe('depth-lab store', { timeout: 60_000 }, () => {
  it('says where it is, what is in it, and whether that is whole', async () => {
    await stored();
    expect((await depthLab(['store', 'path', '--store', store])).stdout).toBe(`${store}\n`);
    const listed = linesOf(await depthLab(['store', 'ls', '--json', '--store', store]));
    expect(listed.map(({ kind, records }) => [kind, records])).toEqual(
      expect.arrayContaining([
        ['run', 8],
        ['experiment', 1],
      ]),
    );
    const whole = await depthLab(['store', 'verify', '--json', '--store', store]);
    expect(JSON.parse(whole.stdout)).toMatchObject({ bad: [], torn: [], foreign: [] });
    const [segment] = readdirSync(store).filter((name) => name.endsWith('.segment'));
    appendFileSync(path.join(store, segment!), 'torn');
    expect((await depthLab(['store', 'verify', '--store', store])).stdout).toContain('1 unfinished');
    const pruned = await depthLab(['store', 'prune', '--size', '0.000001', '--store', store]);
    expect(pruned.status).toBe(0);
    expect(pruned.stdout).toMatch(/[1-9]\d* records removed/);
    expect((await run()).counts).toEqual([8, 0, 8]);
  });
});
