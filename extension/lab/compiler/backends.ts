/** The index of the CPU's back ends: a further one is an object that implements {@link CpuBackend}, and a line here. */
import { type CpuBackend, type CpuExecutable, isRefusal } from './backend.ts';
import { javascript } from './cpu/javascript.ts';
import type { Program } from './lower/kernels.ts';
import { sharedWebAssembly, webAssembly } from './wasm/compile.ts';

export { javascript, sharedWebAssembly, webAssembly };

/** In order of preference; the last accepts every program. */
export const cpuBackends: readonly CpuBackend[] = [webAssembly, javascript];

/** Compiles with the first back end that takes the program; `refusal` says why it is not the first one. */
export function compileForCpu(
  program: Program,
  backends: readonly CpuBackend[],
): { backend: CpuBackend; executable: CpuExecutable; refusal: string | null } {
  const refusals: string[] = [];
  for (const backend of backends) {
    const executable = backend.compile(program);
    if (!isRefusal(executable))
      return { backend, executable, refusal: refusals.length > 0 ? refusals.join('; ') : null };
    refusals.push(`${backend.name}: ${executable.refusal}`);
  }
  throw new Error(`no back end takes the program (${refusals.join('; ')})`);
}
