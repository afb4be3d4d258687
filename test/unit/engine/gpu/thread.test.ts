import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { GpuRefusal } from '../../../../extension/engine/gpu/protocol.ts';
import { GpuThread } from '../../../../extension/engine/gpu/thread.ts';
import { gd, linear, separable } from '../../../../extension/lab/index.ts';
import type { RunPlan } from '../../../../extension/lab/run.ts';
import { DIES, FakeThreads, wanted } from './fakeThread.ts';
import { plansOf } from './runs.ts';

const threads = new FakeThreads();
afterAll(() => threads.remove());

const plans = plansOf({
  problem: separable({ dimension: 3, train: 5 }),
  parameterization: linear(),
  optimizer: gd({ rate: 0.1 }),
  steps: 6,
});

const optionsOf = (flag: Int32Array) => ({ folder: threads.folder, wanted: flag, onSamples: () => undefined });
const runAll = (thread: GpuThread, flag: Int32Array, of: readonly RunPlan[] = plans) =>
  Promise.allSettled(of.map((plan) => thread.run(plan, optionsOf(flag))));

describe('the thread of the GPU', () => {
  it('is sent together what can be trained in one batch', async () => {
    const thread = new GpuThread(
      threads.script(
        'counts',
        `for (const { job } of jobs) post({ type: 'ran', job, samples: sampled(), result: jobs.length });`,
      ),
    );
    const flag = wanted();
    const others = plans.map((plan): RunPlan => ({ ...plan, steps: 7 }));
    const outcomes = await runAll(thread, flag, [...plans, ...others, plans[0]]);
    expect(outcomes.map((outcome) => outcome.status === 'fulfilled' && outcome.value)).toEqual([4, 4, 4, 3, 3, 3, 4]);
  });

  it('when it dies, costs no finished run', async () => {
    const thread = new GpuThread(threads.script('dies', DIES));
    const outcomes = await runAll(thread, wanted());
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    for (const outcome of outcomes.slice(1)) {
      expect(outcome.status === 'rejected' && outcome.reason).toBeInstanceOf(GpuRefusal);
    }
    // The next run has a new thread.
    expect(await thread.run(plans[0], optionsOf(wanted()))).toEqual({ engine: 'gpu' });
  });

  it('drops runs that it does not let go of', { timeout: 10_000 }, async () => {
    const thread = new GpuThread(threads.script('hangs', 'for (;;);'));
    const flag = wanted();
    const run = thread.run(plans[0], optionsOf(flag));
    await new Promise((resolve) => setTimeout(resolve, 300));
    thread.drop(flag);
    expect(await run).toBe(null);
  });

  it('is asked once by a request that finds no device, and again by the next', async () => {
    // Its device is there once a file is; each thread numbers the requests that it gets.
    const thread = new GpuThread(
      threads.script(
        'late',
        `globalThis.asked = (globalThis.asked ?? 0) + 1;
  appendFileSync(folder + '/asked', globalThis.asked + ' ');
  const isThere = existsSync(folder + '/installed');
  if (!isThere) post({ type: 'unavailable', reason: 'not installed' });
  for (const { job } of jobs) {
    if (isThere) post({ type: 'ran', job, samples: sampled(), result: { engine: 'gpu' } });
    else post({ type: 'refused', job, reason: 'not installed' });
  }`,
      ),
    );
    const others = plans.map((plan): RunPlan => ({ ...plan, steps: 7 }));
    const flag = wanted();
    const before = await runAll(thread, flag, [...plans, ...others]);
    before.push(...(await runAll(thread, flag)));
    expect(before).toHaveLength(9);
    for (const outcome of before) expect(outcome.status === 'rejected' && outcome.reason.message).toBe('not installed');
    writeFileSync(path.join(threads.folder, 'installed'), '');
    expect((await runAll(thread, flag))[0].status).toBe('rejected');
    for (const outcome of await runAll(thread, wanted())) expect(outcome.status).toBe('fulfilled');
    expect(readFileSync(path.join(threads.folder, 'asked'), 'utf8')).toBe('1 1 ');
  });
});
