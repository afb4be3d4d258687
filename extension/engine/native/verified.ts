/**
 * Compilers have faults: GCC 12 has been seen to drop whole calls. So the first pass of each entry of a new library is
 * made a second time in WebAssembly, and compared.
 */
import { existsSync, writeFileSync } from 'node:fs';
import type { CpuBackend, CpuExecutable, Run } from '../../lab/compiler/backend.ts';
import { compileForCpu, cpuBackends } from '../../lab/compiler/backends.ts';
import type { Program } from '../../lab/compiler/lower/kernels.ts';

/** Relative difference of a tensor's largest entries that rounding can make: systems may be ill-conditioned. */
const TOLERANCE = 1e-3;

/**
 * An executable whose entries are verified when they are first run.
 * @param library its file, beside which is noted what was verified
 * @throws where the results of the library are wrong
 */
export function verified(
  program: Program,
  executable: CpuExecutable,
  library: string,
  reference: readonly CpuBackend[] = cpuBackends,
): CpuExecutable {
  const entries = Object.entries(executable.entries).map(([name, run], entry): [string, Run] => {
    const note = `${library}.${entry}.verified`;
    let isVerified = existsSync(note);
    return [
      name,
      (times) => {
        if (isVerified || times < 1) {
          run(times);
          return;
        }
        const expected = compileForCpu(program, reference).executable;
        expected.memory.set(executable.memory.subarray(0, program.words));
        run(1);
        expected.entries[name]!(1);
        if (!isClose(program, executable.memory, expected.memory)) {
          throw new Error(
            `the C compiler of this machine made code that computes other numbers than WebAssembly: set depthLab.nativeCode to false (--no-native), or name another compiler in the environment variable CC`,
          );
        }
        isVerified = true;
        writeFileSync(note, '');
        run(times - 1);
      },
    ];
  });
  return { memory: executable.memory, entries: Object.fromEntries(entries) };
}

/** Whether each tensor is what is expected, up to rounding. Where one is not finite, it suffices that neither is. */
function isClose(program: Program, actual: Float64Array, expected: Float64Array): boolean {
  const { offsets, words } = program;
  const triangles = trianglesOf(program);
  const starts = [...new Set(offsets.values())].sort((a, b) => a - b);
  return starts.every((start, position) => {
    const end = starts[position + 1] ?? words;
    const side = triangles.get(start);
    let scale = 0;
    let difference = 0;
    let [isSound, isExpectedSound] = [true, true];
    for (let i = start; i < end; i++) {
      if (side !== undefined && (i - start) % side > Math.floor((i - start) / side)) continue;
      const [x, y] = [actual[i]!, expected[i]!];
      isSound &&= Number.isFinite(x);
      isExpectedSound &&= Number.isFinite(y);
      scale = Math.max(scale, Math.abs(y));
      difference = Math.max(difference, Math.abs(x - y));
    }
    if (!isSound || !isExpectedSound) return isSound === isExpectedSound;
    return difference <= TOLERANCE * scale + Number.MIN_VALUE;
  });
}

/** The sides of the matrices of which only the lower triangle is defined, by their places. */
function trianglesOf({ entries }: Program): Map<number, number> {
  const kernels = entries.flatMap((entry) => entry.kernels);
  return new Map(kernels.flatMap((kernel) => (kernel.kind === 'cholesky' ? [[kernel.out, kernel.size]] : [])));
}
