/** The back ends of the processor: nothing else in the lab names one to choose it. */
import { isRefusal, type ProcessorBackend, type ProcessorExecutable } from './backend.ts';
import { javascript } from './cpu/javascript.ts';
import type { Program } from './lower/kernels.ts';
import { webAssembly } from './wasm/compile.ts';

export { javascript, webAssembly };

/** From the fastest on; the last takes every program. */
export const processorBackends: readonly ProcessorBackend[] = [webAssembly, javascript];

/** Compiles with the first back end that takes the program. */
export function compileForProcessor(
  program: Program,
  backends: readonly ProcessorBackend[],
): { backend: ProcessorBackend; executable: ProcessorExecutable } {
  const refusals: string[] = [];
  for (const backend of backends) {
    const executable = backend.compile(program);
    if (!isRefusal(executable)) return { backend, executable };
    refusals.push(`${backend.name}: ${executable.refusal}`);
  }
  throw new Error(`no back end takes the program (${refusals.join('; ')})`);
}
