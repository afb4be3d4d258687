import { getPriority } from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { BESIDE } from '../../../extension/engine/protocol.ts';
import { dist } from './labFile.ts';

/** The priority of a thread that trains, and that of the thread that started it. */
async function priorityOf(argv: string[]): Promise<{ thread: number; others: number }> {
  const script = `
    const { getPriority } = require('node:os');
    const { parentPort, workerData } = require('node:worker_threads');
    import(workerData).then(() => parentPort.postMessage(getPriority()));
  `;
  const worker = new Worker(script, { eval: true, argv, workerData: path.join(dist, 'worker.js') });
  try {
    const thread = await new Promise<number>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
    return { thread, others: getPriority() };
  } finally {
    await worker.terminate();
  }
}

it.runIf(process.platform === 'linux')(
  'lowers the priority of threads that train beside the user, and no other',
  async () => {
    const before = getPriority();
    expect(await priorityOf([BESIDE])).toEqual({ thread: Math.max(before, 10), others: before });
    expect(await priorityOf([])).toEqual({ thread: before, others: before });
  },
);
