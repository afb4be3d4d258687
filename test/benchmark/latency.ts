/**
 * What everybody waits for who runs something: the start of the extension, of the engine, and of a request.
 *   npm run benchmark:latency
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EngineClient } from '../../extension/engine/client.ts';
import type { EngineEvent } from '../../extension/engine/protocol.ts';
import { root } from '../tools/process.ts';
import { activationTimes } from './latency/activation.ts';

const REPEATS = 15;
const ACTIVATIONS = 5;

/** One run of one step: nothing but overhead. */
const TINY = `import { experiment, gd, linear, separable } from 'depth-lab';

experiment('tiny', {
  problem: separable({ dimension: 4, train: 3, test: 5 }),
  parameterizations: { linear: linear() },
  optimizers: { GD: gd({ rate: 0.1 }) },
  steps: 1,
});
`;

const enginePath = path.join(root, 'dist/engine.js');
const folder = mkdtempSync(path.join(tmpdir(), 'depth-lab-latency-'));
const file = path.join(folder, 'tiny.lab.ts');
writeFileSync(file, TINY);

const asked = { file, experiments: null, workers: 1, engine: 'cpu' } as const;
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Milliseconds from a request until each of its events first came. */
type Times = Partial<Record<EngineEvent['type'], number>>;

async function timesOf(client: EngineClient): Promise<Times> {
  const began = performance.now();
  const times: Times = {};
  await client.run(asked, ({ type }) => {
    times[type] ??= performance.now() - began;
  }).ended;
  return times;
}

/** What any process costs on this machine. */
function bareNode(): number {
  const began = performance.now();
  execFileSync(process.execPath, ['-e', '0']);
  return performance.now() - began;
}

/** Each time in an engine of its own, which starts with the request. */
async function cold(): Promise<Times[]> {
  const all: Times[] = [];
  for (let i = 0; i < REPEATS; i++) {
    const client = new EngineClient({ enginePath, isForOne: true });
    all.push(await timesOf(client));
    await client.dispose();
  }
  return all;
}

/** In one engine, whose processes for user code have been started: as when a file is open in the editor. */
async function warm(): Promise<{ runs: Times[]; empty: number[] }> {
  const client = new EngineClient({ enginePath });
  const runs: Times[] = [];
  const empty: number[] = [];
  try {
    client.warm(1);
    await timesOf(client);
    for (let i = 0; i < REPEATS; i++) {
      await pause(1500);
      runs.push(await timesOf(client));
      const began = performance.now();
      await client.recall(
        { file, experiments: [], store: { folder, fresh: false, exact: false, limit: 2 ** 30 } },
        () => undefined,
      ).ended;
      empty.push(performance.now() - began);
    }
  } finally {
    await client.dispose();
  }
  return { runs, empty };
}

function row(name: string, times: readonly (number | undefined)[]): void {
  const sorted = times.map((time) => time ?? Number.NaN).toSorted((a, b) => a - b);
  const shown = [sorted[0], sorted[sorted.length >> 1]].map((time) => time?.toFixed(1).padStart(7));
  console.log(`| ${name.padEnd(60)} | ${shown.join(' | ')} |`);
}

try {
  console.log(`| ${'milliseconds'.padEnd(60)} | fastest |  median |\n| ${'-'.repeat(60)} | ------: | ------: |`);
  const activations = await activationTimes(TINY, ACTIVATIONS);
  row('activation, in a folder with a lab file', activations.alone);
  row("activation together with VS Code's own extension for TypeScript", activations.withTypeScript);
  row('a process of Node that does nothing', Array.from({ length: REPEATS }, bareNode));
  const starts = await cold();
  row(
    'engine started: the file is loaded',
    starts.map(({ loaded }) => loaded),
  );
  row(
    '… planned',
    starts.map(({ planned }) => planned),
  );
  row(
    '… its first step',
    starts.map(({ sampled, ran }) => sampled ?? ran),
  );
  const { runs, empty } = await warm();
  row('a request to a running engine: nothing but the messages', empty);
  row(
    '… the file is loaded',
    runs.map(({ loaded }) => loaded),
  );
  row(
    '… planned',
    runs.map(({ planned }) => planned),
  );
  row(
    '… its first step',
    runs.map(({ sampled, ran }) => sampled ?? ran),
  );
  row(
    '… its end',
    runs.map(({ ended }) => ended),
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
