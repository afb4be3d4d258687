import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { WorkerPool } from '../../../extension/engine/cpu/pool.ts';
import { GpuThread } from '../../../extension/engine/gpu/thread.ts';
import { RunDispatcher } from '../../../extension/engine/runDispatcher.ts';
import { gd, linear, separable } from '../../../extension/lab/index.ts';
import type { RunPlan, Sample } from '../../../extension/lab/run.ts';
import { required } from '../required.ts';
import { DIES, FakeThreads, wanted } from './gpu/fakeThread.ts';
import { alone, plansOf } from './gpu/runs.ts';

const threads = new FakeThreads();
afterAll(() => threads.remove());

const plans = plansOf({
  problem: separable({ dimension: 3, train: 5 }),
  parameterization: linear(),
  optimizer: gd({ rate: 0.1 }),
  steps: 6,
});
const options = { engine: 'gpu', workers: 1, stored: null, file: path.join(threads.folder, 'x.lab.ts') } as const;

/** A CPU that trains at once, and counts what it is asked for. */
class Cpu {
  asked = 0;

  async run(plan: RunPlan, _threads: number, _wanted: Int32Array, onSamples: (samples: Sample[]) => void) {
    this.asked++;
    const { samples, result } = alone(plan);
    onSamples(samples);
    return result;
  }
}

describe('a run whose GPU is lost', () => {
  it('is done by the CPU, which streams what is new and is asked only once', async () => {
    const cpu = new Cpu();
    const gpu = new GpuThread(threads.script('dies', DIES));
    const dispatcher = new RunDispatcher(cpu as unknown as WorkerPool, gpu);
    const flag = wanted();
    const streamed = plans.map((): number[] => []);
    const results = await Promise.all(
      plans.map((plan, i) =>
        dispatcher.run({ ...plan, isRepeated: i === 2 }, options, flag, (samples) => {
          streamed[i].push(...samples.map(({ step }) => step));
        }),
      ),
    );
    expect(results[0]?.engine).toBe('gpu');
    for (const i of [1, 2]) {
      expect(results[i]).toMatchObject({ engine: 'cpu', fallback: 'the GPU failed: its thread ended' });
      expect(results[i]?.predictor).toEqual(required(alone(plans[i]).result.predictor));
      expect(streamed[i]).toEqual([0, 1, 2, 3, 4, 5, 6]);
    }
    expect(cpu.asked).toBe(2);
  });
});

describe('a run that the GPU has trained', () => {
  it('is measured by its repetition in float64', async () => {
    const cpu = new Cpu();
    const { outputs, train, predictor } = alone(plans[0]).result;
    const near = { engine: 'gpu', outputs: [...outputs], train, test: null, predictor: [...required(predictor)] };
    near.predictor[0] *= 1 + 1e-6;
    const gpu = new GpuThread(
      threads.script(
        'near',
        `for (const { job } of jobs) post({ type: 'ran', job, samples: [], result: ${JSON.stringify(near)} });`,
      ),
    );
    const dispatcher = new RunDispatcher(cpu as unknown as WorkerPool, gpu);
    const [repeated, single] = await Promise.all(
      [true, false].map((isRepeated) =>
        dispatcher.run({ ...plans[0], isRepeated }, options, wanted(), () => undefined),
      ),
    );
    expect(repeated?.deviation?.predictor).toBeGreaterThan(1e-8);
    expect(repeated?.deviation?.predictor).toBeLessThan(2e-6);
    expect(required(single).deviation).toBeUndefined();
    expect(cpu.asked).toBe(1);
  });
});
