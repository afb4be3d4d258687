import { describe, expect, it } from 'vitest';
import type { RunResult } from '../../../extension/lab/results.ts';
import { engineNotes } from '../../../extension/report/engineNotes.ts';
import { result } from '../runs/events.ts';

const onGpu = (id: number, changes: Partial<RunResult> = {}): RunResult => ({
  ...result(id, 0.1),
  ...{ engine: 'gpu', device: 'NVIDIA L4 · WebGPU · float32' },
  ...changes,
});
const moved = (id: number, step: number) =>
  onGpu(id, { together: 3, movedToCpu: { step, reason: 'the GPU failed: device lost' } });

describe('the notes on what computed the runs', () => {
  it('tell runs that are partly float32 from those that are so as a whole, and from float64', () => {
    const deviation = { predictor: 3e-7, trainLoss: null, testLoss: null };
    const runs = [
      { ...result(0, 0.1), device: 'simd' },
      onGpu(1, { deviation, together: 3 }),
      moved(2, 30),
      moved(3, 64),
      moved(4, 30),
    ];
    const { computed, fallbacks } = engineNotes(runs);
    expect(computed).toEqual([
      'CPU · float64 (WebAssembly SIMD): 1 of 5 runs',
      'NVIDIA L4 · WebGPU · float32: 1 of 5 runs, up to 3 in one batch',
      'NVIDIA L4 · WebGPU · float32 up to step 30, then CPU · float64: the GPU failed: device lost (and similar): 3 of 5 runs',
      '1 run repeated in float64, relative deviation at most: predictor 3e-7',
    ]);
    expect(fallbacks).toEqual([]);
  });

  it('are none of a GPU where none was used', () => {
    expect(engineNotes([{ ...result(0, 0.1), device: 'simd' }]).computed).toEqual([
      'CPU · float64 (WebAssembly SIMD): 1 of 1 runs',
    ]);
  });
});
