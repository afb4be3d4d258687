import { getPriority } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { BESIDE } from '../../../extension/engine/protocol.ts';
import { dist } from './labFile.ts';

/** The priority of a thread by the name of its script, and that of the thread that started it. */
async function priorityOf(thread: string, argv: string[]): Promise<{ own: number; others: number }> {
  const script = `
    const { getPriority } = require('node:os');
    const { parentPort, workerData } = require('node:worker_threads');
    import(workerData).then(() => parentPort.postMessage(getPriority()));
  `;
  const worker = new Worker(script, { eval: true, argv, workerData: path.join(dist, `${thread}.js`) });
  try {
    const own = await new Promise<number>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
    return { own, others: getPriority() };
  } finally {
    await worker.terminate();
  }
}

describe.runIf(process.platform === 'linux')('the priority of threads', () => {
  const before = getPriority();

  it('is lower for those that train beside the user, and for no other', async () => {
    expect(await priorityOf('worker', [BESIDE])).toEqual({ own: Math.max(before, 10), others: before });
    expect(await priorityOf('worker', [])).toEqual({ own: before, others: before });
  });

  it('is lower for predictions than for training, whether or not somebody works beside the engine', async () => {
    for (const argv of [[], [BESIDE]])
      expect(await priorityOf('theoryWorker', argv)).toEqual({ own: 19, others: before });
  });
});
