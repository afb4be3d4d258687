import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { WorkerPool } from '../../../extension/engine/cpu/pool.ts';
import { GpuThread } from '../../../extension/engine/gpu/thread.ts';
import { RunDispatcher } from '../../../extension/engine/runDispatcher.ts';
import type { RecordStore } from '../../../extension/engine/stored/recordStore.ts';
import { StoredRuns } from '../../../extension/engine/stored/storedRuns.ts';
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

/** A store in memory. */
class Records implements RecordStore {
  readonly problem = null;
  private readonly records = new Map<string, Uint8Array>();
  has = (kind: string, key: string) => this.records.has(`${kind} ${key}`);
  get = (kind: string, key: string) => this.records.get(`${kind} ${key}`)?.slice() ?? null;
  put = (kind: string, key: string, payload: Uint8Array) => void this.records.set(`${kind} ${key}`, payload.slice());
  flush = () => undefined;
  sync = () => undefined;
  entries = () => [];
  kinds = () => [...this.records.keys()].map((name) => name.split(' ').slice(0, -1).join(' ')).sort();
}

/** A GPU whose results are a little off, with a count of the runs that it has trained. */
function nearlyRight(name: string) {
  const calls = path.join(threads.folder, `${name}.calls`);
  const { result } = alone(plans[0]);
  const predictor = [...required(result.predictor)].map((value) => value * (1 + 1e-6));
  const json = JSON.stringify({ ...result, engine: 'gpu', device: 'card', predictor, outputs: [...result.outputs] });
  const script = `
    const one = ${json};
    for (const numbers of ['predictor', 'outputs', 'parameters']) if (one[numbers]) one[numbers] = Float64Array.from(Object.values(one[numbers]));
    for (const { job } of jobs) {
      appendFileSync(${JSON.stringify(calls)}, 'x');
      post({ type: 'sampled', job, samples: sampled(0) });
      post({ type: 'ran', job, samples: sampled(), result: one });
    }`;
  const trained = () => (existsSync(calls) ? readFileSync(calls).length : 0);
  return { gpu: new GpuThread(threads.script(name, script)), trained };
}

describe('a run that is stored', () => {
  const wishes = { fresh: false, exact: false };

  it('on the GPU is a record of its own, and its deviation another', async () => {
    const store = new Records();
    const stored = new StoredRuns(store, wishes);
    const cpu = new Cpu();
    const { gpu, trained } = nearlyRight('stored');
    const dispatcher = new RunDispatcher(cpu as unknown as WorkerPool, gpu);
    const run = (isRepeated: boolean) => {
      const steps: number[] = [];
      return dispatcher
        .run({ ...plans[0], isRepeated }, { ...options, stored }, wanted(), (samples) =>
          steps.push(...samples.map(({ step }) => step)),
        )
        .then((result) => ({ result: required(result), steps }));
    };
    const first = await run(true);
    expect(first.result).not.toHaveProperty('stored');
    expect(store.kinds()).toEqual(['deviation', 'gpu-run', 'run']);
    const again = await run(true);
    expect(again.result).toEqual({ ...first.result, stored: 'here' });
    expect(again.steps).toEqual(first.steps);
    // The place in the grid decides whether a run is repeated, not its record.
    expect((await run(false)).result).not.toHaveProperty('deviation');
    expect([trained(), cpu.asked]).toEqual([1, 1]);
  });

  it('measures its deviation when it becomes the first of its cell', async () => {
    const stored = new StoredRuns(new Records(), wishes);
    const cpu = new Cpu();
    const { gpu, trained } = nearlyRight('later');
    const dispatcher = new RunDispatcher(cpu as unknown as WorkerPool, gpu);
    const run = (isRepeated: boolean) =>
      dispatcher.run({ ...plans[0], isRepeated }, { ...options, stored }, wanted(), () => undefined);
    await run(false);
    expect(cpu.asked).toBe(0);
    expect(required(await run(true)).deviation?.predictor).toBeLessThan(2e-6);
    expect([trained(), cpu.asked]).toEqual([1, 1]);
  });

  it('on a GPU is not taken for one in float64, nor for one of another GPU', async () => {
    const stored = new StoredRuns(new Records(), wishes);
    const { gpu } = nearlyRight('kinds');
    const dispatcher = new RunDispatcher(new Cpu() as unknown as WorkerPool, gpu);
    await dispatcher.run(plans[0], { ...options, stored }, wanted(), () => undefined);
    expect(stored.find(plans[0])).toBeNull();
    expect(stored.findOnGpu(plans[0], 'card')).not.toBeNull();
    expect(stored.findOnGpu(plans[0], undefined)).not.toBeNull();
    expect(stored.findOnGpu(plans[0], 'another card')).toBeNull();
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
        `for (const { job } of jobs) post({ type: 'ran', job, samples: sampled(), result: ${JSON.stringify(near)} });`,
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
