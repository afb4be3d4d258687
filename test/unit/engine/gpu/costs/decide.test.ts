import { describe, expect, it } from 'vitest';
import type { RunWork } from '../../../../../extension/engine/gpu/costs/count.ts';
import { decide, secondsOnCpu, secondsOnGpu } from '../../../../../extension/engine/gpu/costs/decide.ts';
import { gpu, table } from './machine.ts';

const none = { flops: 0, words: 0 };
/** A step of 4 million operations in 10 kernels: 1 ms on a thread of the CPU, 51 µs on the GPU. */
const heavy: RunWork = {
  maxBatch: 16,
  steps: 1000,
  samples: 100,
  measure: none,
  step: { flops: 4e6, words: 1e4 },
  gpuStep: { flops: 4e6, words: 1e4 },
  launches: 10,
  finish: none,
};

describe('what runs will take', () => {
  it('is steps, launches and calls, in rounds of threads or in batches', () => {
    expect(secondsOnCpu(heavy, 16, table, 4)).toBeCloseTo(4 * (1000 * 1e-3 + 100 * 1e-6), 9);
    // The repetition of one run in the meantime takes a second: longer than the GPU.
    expect(secondsOnGpu(heavy, 16, table)).toBeCloseTo(1 + 100 * 1e-6, 9);
    const wide = { ...heavy, maxBatch: 1024 };
    expect(secondsOnGpu(wide, 2048, table)).toBeCloseTo(2 * (1000 * (50e-6 + 1024e-6) + 100 * 1e-4), 9);
    // What the CPU finishes of each step: 0.1 ms for each of 1024 runs.
    const mixed = { ...wide, finish: { flops: 4e5, words: 1e4 } };
    expect(secondsOnGpu(mixed, 2048, table)).toBeCloseTo(2 * (1000 * (50e-6 + 1024 * (1e-6 + 1e-4)) + 100 * 1e-4), 9);
  });

  it('decides where the GPU is clearly faster', () => {
    expect(decide(heavy, 16, table, 4)).toEqual({
      engine: 'gpu',
      reason: 'predicted: 1 s on a GPU, 4 s on the CPU',
      device: 'a GPU',
    });
    expect(decide(heavy, 16, table, 16)).toEqual({ engine: 'cpu', reason: 'predicted: 1 s on a GPU, 1 s on the CPU' });
    const light = { ...heavy, step: { flops: 100, words: 100 }, gpuStep: { flops: 100, words: 100 } };
    expect(decide(light, 16, table, 4).engine).toBe('cpu');
  });

  it('never decides for software, or for what nobody has measured', () => {
    const software = { ...table, gpu: { ...gpu, isSoftware: true } };
    expect(decide(heavy, 16, software, 1)).toEqual({
      engine: 'cpu',
      reason: 'a GPU is a software implementation, not a GPU',
    });
    const without = { ...table, gpu: null, reason: 'it is not plugged in' };
    expect(decide(heavy, 16, without, 1)).toEqual({
      engine: 'cpu',
      reason: 'no GPU was found when this machine was measured: it is not plugged in (depth-lab engine --calibrate)',
    });
    expect(decide(heavy, 16, null, 1).reason).toMatch(/no GPU has been measured/);
  });
});
