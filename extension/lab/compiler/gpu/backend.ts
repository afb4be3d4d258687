/**
 * The back end of the GPU: programs as GPU.js kernels in float32. Compiling needs no device, so that the work of a run can
 * be counted without one; `DevicePrograms` loads what was compiled and runs it.
 */
import { type Backend, isRefusal, type Refusal } from '../backend.ts';
import type { Program } from '../lower/kernels.ts';
import { MAX_INDEX, type PrintedProgram, printEntry } from './print.ts';
import type { Region } from './text.ts';

/** An entry as kernels, for one run and for any number of them side by side. */
export interface GpuEntry {
  single: PrintedProgram;
  batched: PrintedProgram;
}

export interface GpuExecutable {
  /** @param states storage that lives from step to step, inputs written between steps among it */
  entry(name: string, states: readonly Region[]): GpuEntry;
}

export const gpuJs: Backend<GpuExecutable> = {
  name: 'gpu.js',
  precision: 'float32',
  capabilities: { isSynchronous: false, maxRuns: 256 },
  compile(program: Program): GpuExecutable | Refusal {
    if (program.words + program.indices.length > MAX_INDEX) return { refusal: 'it is too large for float32 indices' };
    return {
      entry(name, states) {
        const [single, batched] = (['one run', 'many runs'] as const).map((runs) =>
          printEntry(program, name, states, runs),
        );
        return { single, batched };
      },
    };
  },
};

/** Compiles one entry of a program. */
export function compileEntry(program: Program, name: string, states: readonly Region[]): GpuEntry | Refusal {
  const executable = gpuJs.compile(program);
  return isRefusal(executable) ? executable : executable.entry(name, states);
}
