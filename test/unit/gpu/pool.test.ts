import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { Declined } from '../../../extension/engine/gpu/cardProtocol.ts';
import { Engines } from '../../../extension/engine/gpu/chooseEngine.ts';
import { GpuPool } from '../../../extension/engine/gpu/gpuPool.ts';
import type { WorkerPool } from '../../../extension/engine/grid/pool.ts';
import { gd, linear, separable } from '../../../extension/lab/index.ts';
import type { RunPlan, Sample } from '../../../extension/lab/training/run.ts';
import { alone, plansOf } from './runs.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'depth-lab-pool-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A thread that handles each message, an array of jobs, as the given code says. */
function scriptThat(name: string, handle: string): URL {
  const file = path.join(folder, `${name}.mjs`);
  writeFileSync(
    file,
    `import { parentPort } from 'node:worker_threads';
const post = (report) => parentPort.postMessage(report);
parentPort.on('message', (jobs) => { ${handle} });`,
  );
  return pathToFileURL(file);
}

const wanted = () => new Int32Array(new SharedArrayBuffer(4)).fill(1);
const nothing = () => undefined;
const plans = plansOf({
  problem: separable({ dimension: 3, train: 5 }),
  parameterization: linear(),
  optimizer: gd({ rate: 0.1 }),
  steps: 6,
});

/** Reports three samples of each run and the result of the first, and then is gone. */
const DIES = `
  for (const { job } of jobs) post({ type: 'sampled', job, samples: [0, 1, 2].map((step) => ({ step, card: true })) });
  post({ type: 'ran', job: jobs[0].job, samples: [], result: { engine: 'gpu' } });
  setTimeout(() => process.exit(1), 50);`;

describe('the thread of the graphics card', () => {
  it('is sent together what may be trained side by side', async () => {
    const pool = new GpuPool(
      scriptThat('counts', `for (const { job } of jobs) post({ type: 'ran', job, samples: [], result: jobs.length });`),
      { folder },
    );
    const flag = wanted();
    const others = plans.map((plan): RunPlan => ({ ...plan, steps: 7 }));
    const results = [...plans, ...others, plans[0]].map((plan) => pool.run(plan, flag, nothing));
    expect(await Promise.all(results)).toEqual([4, 4, 4, 3, 3, 3, 4]);
  });

  it('when it dies, costs no finished run', async () => {
    const pool = new GpuPool(scriptThat('dies', DIES), { folder });
    const flag = wanted();
    const outcomes = await Promise.allSettled(plans.map((plan) => pool.run(plan, flag, nothing)));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    for (const outcome of outcomes.slice(1)) {
      expect(outcome.status === 'rejected' && outcome.reason).toBeInstanceOf(Declined);
    }
    // The next run has a new thread.
    expect(await pool.run(plans[0], wanted(), nothing)).toEqual({ engine: 'gpu' });
  });

  it('drops runs that it does not let go of', { timeout: 10_000 }, async () => {
    const pool = new GpuPool(scriptThat('hangs', 'for (;;);'), { folder });
    const flag = wanted();
    const run = pool.run(plans[0], flag, nothing);
    await new Promise((resolve) => setTimeout(resolve, 300));
    pool.drop(flag);
    expect(await run).toBe(null);
  });
});

describe('a run whose card is lost', () => {
  it('is done by the processor, which streams what is new and is asked only once', async () => {
    let asked = 0;
    const cpu = {
      async run(plan: RunPlan, _threads: number, _wanted: Int32Array, onSamples: (samples: Sample[]) => void) {
        asked++;
        const { samples, result } = alone(plan);
        onSamples(samples);
        return result;
      },
    } as unknown as WorkerPool;
    const engines = new Engines(cpu, scriptThat('dies', DIES));
    const flag = wanted();
    const streamed = plans.map((): number[] => []);
    const wish = { engine: 'gpu', workers: 1, file: path.join(folder, 'x.lab.ts') } as const;
    const results = await Promise.all(
      plans.map((plan, i) =>
        engines.run({ ...plan, isRepeated: i === 2 }, wish, flag, (samples) => {
          streamed[i].push(...samples.map(({ step }) => step));
        }),
      ),
    );
    expect(results[0]?.engine).toBe('gpu');
    for (const i of [1, 2]) {
      expect(results[i]).toMatchObject({ engine: 'cpu', fallback: 'the graphics card failed: its thread ended' });
      expect(results[i]?.predictor).toEqual(alone(plans[i]).result.predictor);
      expect(streamed[i]).toEqual([0, 1, 2, 3, 4, 5, 6]);
    }
    expect(asked).toBe(2);
  });
});
