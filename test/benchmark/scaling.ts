/**
 * `npm run benchmark:scaling`: grids of ever more equal runs, with and without a store. Time for each run (training,
 * samples, messages; theory has costs of its own), time until the first sample, memory of the engine, and how long Stop
 * takes in the middle.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { EngineClient } from '../../extension/engine/client.ts';
import type { EngineEvent } from '../../extension/engine/protocol.ts';

const SIZES = [64, 512, 4096, 32_768];

const grid = (runs: number) => `import { diagonal, experiment, gd, linear, ngd, separable } from 'depth-lab';
experiment('grid', {
  problem: separable({ dimension: 20, train: 10, test: 100 }),
  parameterizations: { linear: linear(), diagonal: diagonal() },
  optimizers: { GD: gd({ rate: 0.1 }), NGD: ngd({ rate: 0.05 }) },
  steps: 200,
  seeds: ${runs / 4},
});
`;

/** All runs, without theory and claims. */
const ALL = { index: 1, count: 1 };

interface Measured {
  /** Milliseconds. */
  perRun: number;
  firstSample: number;
  stop: number;
  /** MiB, at most. */
  memory: number;
}

const folder = mkdtempSync(path.join(tmpdir(), 'depth-lab-scaling-'));
const warmUp = path.join(folder, 'warm-up.lab.ts');
writeFileSync(warmUp, grid(64));
try {
  console.log('| runs | store | ms per run | ms to the first sample | MiB of the engine | ms to stop |');
  console.log(`|${' --- |'.repeat(6)}`);
  for (const isStored of [false, true]) {
    for (const runs of SIZES) {
      const file = path.join(folder, `${runs}.lab.ts`);
      writeFileSync(file, grid(runs));
      const { perRun, firstSample, memory, stop } = await measured(file, runs, isStored);
      const numbers = [perRun, firstSample, memory, stop].map((value) => Number(value.toPrecision(3)));
      console.log(`| ${runs} | ${isStored ? 'yes' : 'no'} | ${numbers.join(' | ')} |`);
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measured(file: string, runs: number, isStored: boolean): Promise<Measured> {
  const client = new EngineClient({ enginePath: path.resolve('dist/engine.js') });
  const storeIn = (name: string) =>
    isStored ? { folder: path.join(folder, name, String(runs)), fresh: false, exact: false, limit: 2 ** 40 } : null;
  const ask = (store: string, take: (event: EngineEvent) => void, asked = file) =>
    client.run(
      { file: asked, experiments: null, workers: null, engine: 'cpu', store: storeIn(store), shard: ALL },
      (event) => {
        if (event.type === 'failed') console.error(event.failure.message);
        take(event);
      },
    );
  try {
    await ask('warm', () => undefined, warmUp).ended;
    const began = performance.now();
    let firstSample = Number.NaN;
    let finished = Number.NaN;
    const watch = memoryOfEngines();
    await ask('timed', (event) => {
      if (event.type === 'sampled' && Number.isNaN(firstSample)) firstSample = performance.now() - began;
      if (event.type === 'finished') finished = performance.now() - began;
    }).ended;
    return { perRun: finished / runs, firstSample, memory: watch.stop(), stop: await secondsToStop(ask, runs) };
  } finally {
    await client.dispose();
  }
}

/** Milliseconds from the request to stop, when a fourth of the runs have ended, to the end. */
async function secondsToStop(
  ask: (store: string, take: (event: EngineEvent) => void) => { cancel(): void; ended: Promise<unknown> },
  runs: number,
): Promise<number> {
  let ran = 0;
  let stopped = Number.NaN;
  const asked = ask('stopped', (event) => {
    if (event.type !== 'ran' || ++ran !== runs / 4) return;
    stopped = performance.now();
    asked.cancel();
  });
  await asked.ended;
  return performance.now() - stopped;
}

/** The largest resident memory of the engine, looked at now and then. */
function memoryOfEngines(): { stop(): number } {
  let most = 0;
  const look = () => {
    const lines = execFileSync('ps', ['-o', 'rss=,args=', '--ppid', String(process.pid)], { encoding: 'utf8' });
    const engine = lines.split('\n').find((line) => line.includes('engine.js'));
    if (engine) most = Math.max(most, Number.parseInt(engine, 10) / 1024);
  };
  const timer = setInterval(look, 200);
  return {
    stop() {
      look();
      clearInterval(timer);
      return most;
    },
  };
}
