import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { family, processesBelow } from '../../reliability/family.ts';
import { LabFolder, labText } from '../engine/labFile.ts';
import { endClients, startClient } from '../engine/startClient.ts';

const folder = new LabFolder();
afterAll(() => {
  endClients();
  folder.remove();
});

const write = (name: string, parts: Parameters<typeof labText>[0]) => folder.write(name, labText(parts));

describe.skipIf(process.platform !== 'linux')('what user code starts', () => {
  const engine = startClient();

  it.each([
    ['a child', "spawn('sleep', ['NUMBER']);"],
    ['a detached child', "spawn('sleep', ['NUMBER'], { detached: true, stdio: 'ignore' }).unref();"],
    ['a child with an empty environment', "spawn('/bin/sleep', ['NUMBER'], { env: {}, detached: true });"],
    ['a grandchild in a session of its own', "spawn('setsid', ['sh', '-c', 'sleep NUMBER & wait']);"],
    ['a child of execSync', "execSync('sleep NUMBER >/dev/null 2>&1 &');"],
    [
      'a detached child of spawnSync',
      "spawnSync('sh', ['-c', 'setsid sleep NUMBER & exit'], { detached: true, stdio: 'ignore' } as any);",
    ],
  ])('ends with its request: %s', async (_, code) => {
    const number = String(100_000 + Math.floor(800_000 * Math.random()));
    const before = `import { execSync, spawn, spawnSync } from 'node:child_process';\n${code.replace('NUMBER', number)}\nawait new Promise((go) => setTimeout(go, 200));`;
    let most = 0;
    const file = write('children.lab.ts', { before, rest: 'steps: 3,' });
    const run = engine.run({ file, experiments: null, workers: 1, engine: 'cpu' }, ({ type }) => {
      if (type === 'loaded') most = family(number).length;
    });
    expect(await run.ended).toBe('done');
    expect(most).toBeGreaterThan(0);
    await expect.poll(() => family(number), { timeout: 5000 }).toEqual([]);
  });

  it.each([
    ['while it loads', { before: 'for (;;) {}' }],
    ['in microtasks', { before: 'const f = (): Promise<void> => Promise.resolve().then(f); await f();' }],
    [
      'in a program',
      {
        before: 'const o = new Proxy({ c: 1 }, { get(): number { for (;;) {} } });',
        parameterizations: '{ f: elementwise({ u: 0.5 }, ({ u }) => o.c * u) }',
      },
    ],
    ['in a claim', { rest: 'steps: 5, claims: { forever: () => { for (;;) {} } },' }],
  ])('ends when the asker is killed while user code loops %s', async (_, parts) => {
    const file = write('orphan.lab.ts', parts);
    const asker = spawn(process.execPath, ['dist/cli.js', 'run', file], { stdio: 'ignore' });
    const engines = () => processesBelow(asker.pid!).filter(({ command }) => /dist.(engine|evaluator)/.test(command));
    await expect.poll(() => engines().length, { timeout: 20_000 }).toBe(2);
    const started = engines();
    await delay(1500); // long enough to be inside the loop
    asker.kill('SIGKILL');
    await expect.poll(() => started.filter(({ id }) => existsSync(`/proc/${id}`)), { timeout: 5000 }).toEqual([]);
  });
});
