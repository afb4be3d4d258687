import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { WorkerPool } from '../../../../extension/engine/cpu/pool.ts';
import type { RunPlan } from '../../../../extension/lab/run.ts';

/** A thread whose runs take the milliseconds that their plan says, and say who did them and with how many threads. */
const THREAD = `import { parentPort, threadId, workerData } from 'node:worker_threads';
parentPort.on('message', async ({ job, plan }) => {
  await new Promise((resolve) => setTimeout(resolve, plan.steps));
  parentPort.postMessage({ type: 'ran', job, samples: { numbers: new Float64Array(0) }, result: { threadId, share: Atomics.load(workerData, 0) } });
});
`;
const folder = mkdtempSync(path.join(tmpdir(), 'depth-lab-pool-'));
const script = path.join(folder, 'thread.mjs');
writeFileSync(script, THREAD);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Done {
  threadId: number;
  share: number;
}

const wanted = new Int32Array(new SharedArrayBuffer(4)).fill(1);
const run = (pool: WorkerPool, milliseconds: number) =>
  pool.run({ steps: milliseconds } as RunPlan, 2, wanted, () => undefined) as unknown as Promise<Done>;

it('keeps all threads of a request busy, also those that were started for another one', async () => {
  const pool = new WorkerPool(pathToFileURL(script));
  pool.warm(1);
  // The warm thread has ended its run when the other one is still at work.
  const done = await Promise.all([20, 600, 20, 20].map((milliseconds) => run(pool, milliseconds)));
  expect(done[2]!.threadId).toBe(done[0]!.threadId);
  expect(done[3]!.threadId).toBe(done[0]!.threadId);
  expect(done[1]!.threadId).not.toBe(done[0]!.threadId);
});

it('gives a run the threads that others leave idle', async () => {
  const pool = new WorkerPool(pathToFileURL(script));
  pool.warm(1);
  const [short, long] = await Promise.all([run(pool, 20), run(pool, 600)]);
  expect([short.share, long.share]).toEqual([1, 2]);
});
