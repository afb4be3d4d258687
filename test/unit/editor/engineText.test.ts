import { describe, expect, it } from 'vitest';
import { engineText, engineTooltip } from '../../../extension/editor/engineText.ts';
import type { RunResult } from '../../../extension/lab/results.ts';
import { type ExperimentView, idleRecord } from '../../../extension/runs/record.ts';
import { FILE, grid, result } from '../runs/events.ts';

const view = (changes: Partial<ExperimentView> = {}): ExperimentView => ({
  ...idleRecord(FILE, 'One').view,
  status: 'finished',
  grid: grid(),
  ...changes,
});

const onCpu = (id: number, changes: Partial<RunResult> = {}): RunResult => ({
  ...result(id, 0.1),
  device: 'simd',
  ...changes,
});
const onGpu = (id: number, changes: Partial<RunResult> = {}): RunResult =>
  onCpu(id, { engine: 'gpu', device: 'NVIDIA L4 · WebGPU · float32', ...changes });

const ids = grid().runs.map(({ id }) => id);

describe('what the status bar says of the engine', () => {
  it('is the setting before the first run', () => {
    expect(engineText('auto', null)).toBe('$(circuit-board) Depth Lab: engine auto');
    expect(engineText('gpu', view({ status: 'failed', grid: null }))).toBe('$(circuit-board) Depth Lab: engine gpu');
    expect(engineText('cpu', view({ status: 'loading', grid: null }))).toBe('$(loading~spin) Depth Lab: engine cpu');
  });

  it('is what computed the runs, whatever the setting is now', () => {
    const text = (runs: RunResult[]) => engineText('cpu', view({ runs })).replace('$(circuit-board) ', '');
    expect(text(ids.map((id) => onCpu(id)))).toBe('Depth Lab: CPU · WebAssembly SIMD');
    expect(text(ids.map((id) => onGpu(id)))).toBe('Depth Lab: GPU · NVIDIA L4');
    expect(text(ids.map((id) => onCpu(id, id < 4 ? {} : { device: 'javascript' })))).toBe(
      'Depth Lab: CPU · WebAssembly SIMD, JavaScript',
    );
    const device = 'llvmpipe (LLVM 15.0.6, 256 bits) · WebGPU · float32';
    expect(text(ids.map((id) => onGpu(id, { device })))).toBe('Depth Lab: GPU · llvmpipe (LLVM 15.0.6, 256…');
  });

  it('gives each engine its share of a mixture', () => {
    const runs = ids.map((id) => (id % 4 === 3 ? onCpu(id) : onGpu(id)));
    expect(engineText('gpu', view({ runs }))).toBe('$(circuit-board) Depth Lab: GPU 6/8, CPU 2/8');
  });

  it('tells runs that moved on the way from both', () => {
    const movedToCpu = { step: 30, reason: 'the GPU failed: device lost' };
    const runs = ids.map((id) => (id < 5 ? onGpu(id) : id < 7 ? onGpu(id, { movedToCpu }) : onCpu(id)));
    expect(engineText('gpu', view({ runs }))).toBe('$(circuit-board) Depth Lab: GPU 5/8, GPU → CPU 2/8, CPU 1/8');
    expect(engineTooltip('gpu', view({ runs })).replaceAll('\\', '')).toContain(
      '- NVIDIA L4 · WebGPU · float32 up to step 30, then CPU · float64: the GPU failed: device lost: 2 of 8 runs',
    );
  });

  it('is what is known so far of a grid that is not through', () => {
    const runs = [onCpu(0), onCpu(1)];
    expect(engineText('auto', view({ status: 'running', runs }))).toBe(
      '$(loading~spin) Depth Lab: CPU 2/8 · WebAssembly SIMD',
    );
    expect(engineText('auto', view({ status: 'canceled', runs }))).toBe(
      '$(circuit-board) Depth Lab: CPU 2/8 · WebAssembly SIMD',
    );
  });

  it('leaves out what an earlier run has left on view', () => {
    const stale = view({ status: 'loading', stale: true, runs: ids.map((id) => onCpu(id)) });
    expect(engineText('gpu', stale)).toBe('$(loading~spin) Depth Lab: engine gpu');
    expect(engineText('gpu', { ...stale, status: 'finished' })).toBe(
      '$(circuit-board) Depth Lab: CPU · WebAssembly SIMD',
    );
  });
});

describe('what the status bar explains when the pointer rests on it', () => {
  const tooltip = (at: ExperimentView | null) => engineTooltip('auto', at);

  it('is the setting before the first run', () => {
    expect(tooltip(null)).toBe('Setting `depthLab.engine`: **auto**. Click to choose another for the next run.');
  });

  it('is who computed how many runs, and why, each reason once', () => {
    const reason = 'flows run on the CPU';
    const runs = [onCpu(0, { reason }), onCpu(1, { reason }), onCpu(2)];
    expect(
      tooltip(view({ status: 'running', runs }))
        .split('\n\n')
        .slice(1),
    ).toEqual([
      '**One**, 3 of 8 runs:',
      '- CPU · float64 \\(WebAssembly SIMD\\): 3 of 3 runs',
      'Why it was chosen:',
      '- flows run on the CPU: 2 of 3 runs',
    ]);
  });

  it('is how far the GPU is from float64, and why it did not compute all of them', () => {
    const deviation = { predictor: 3.14e-7, trainLoss: 2e-8, testLoss: null };
    const runs = ids.map((id) =>
      id < 6
        ? onGpu(id, { together: 6, ...(id === 0 ? { deviation } : {}) })
        : onCpu(id, { fallback: `condition number ${id}.5e4` }),
    );
    expect(
      tooltip(view({ runs, stale: true }))
        .replaceAll('\\', '')
        .split('\n\n')
        .slice(1),
    ).toEqual([
      '**One**, 8 runs:',
      [
        '- CPU · float64 (WebAssembly SIMD): 2 of 8 runs',
        '- NVIDIA L4 · WebGPU · float32: 6 of 8 runs, up to 6 in one batch',
        '- 1 run repeated in float64, relative deviation at most: predictor 3.1e-7 · train loss 2e-8',
      ].join('\n'),
      'Why not on the GPU:',
      '- condition number 6.5e4 (and similar): 2 of 8 runs',
      '_These results belong to an earlier version of the text._',
    ]);
  });

  it('shows the words of the user as they are', () => {
    const named = view({ experiment: '[x](command:y)', runs: [onCpu(0)] });
    expect(tooltip(named)).toContain('**\\[x\\]\\(command:y\\)**, 1 of 8 runs');
  });
});
