/** Threads of the GPU that do what a test says. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** Scripts in a folder that goes when `remove` is called. */
export class FakeThreads {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'depth-lab-thread-'));

  /**
   * A thread that handles each request to train, with its `jobs`, as the given code says. `sampled` packs samples at
   * these steps, without predictors.
   */
  script(name: string, handle: string): URL {
    const file = path.join(this.folder, `${name}.mjs`);
    writeFileSync(
      file,
      `import { appendFileSync, existsSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
const post = (report) => parentPort.postMessage(report);
const sampled = (...steps) => ({ numbers: Float64Array.from(steps.flatMap((step) => [step, step, 1, 1, 0, 0, 0])) });
parentPort.on('message', ({ type, jobs, folder }) => { if (type === 'train') { ${handle} } });`,
    );
    return pathToFileURL(file);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

/** Reports three samples of each run and the result of the first, and then is gone. */
export const DIES = `
  for (const { job } of jobs) post({ type: 'sampled', job, samples: sampled(0, 1, 2) });
  post({ type: 'ran', job: jobs[0].job, samples: sampled(), result: { engine: 'gpu' } });
  setTimeout(() => process.exit(1), 50);`;

export const wanted = () => new Int32Array(new SharedArrayBuffer(4)).fill(1);
