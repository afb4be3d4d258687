/**
 * Compilers have faults: GCC 12 has been seen to drop whole calls. So the first pass of each entry of a new library is
 * made a second time in WebAssembly, and compared.
 */
import { existsSync, writeFileSync } from 'node:fs';
import type { CpuBackend, CpuExecutable, Run } from '../../lab/compiler/backend.ts';
import { compileForCpu, javascript, webAssembly } from '../../lab/compiler/backends.ts';
import type { Program } from '../../lab/compiler/lower/kernels.ts';

/** Relative difference of a tensor's largest entries from which the references are compared with each other. */
const TOLERANCE = 1e-6;

/** How much farther than the references from each other the library may be from them: systems may be ill-conditioned. */
const AMPLIFICATION = 1e3;

/**
 * An executable whose entries are verified when they are first run.
 * @param library its file, beside which is noted what was verified
 * @param references back ends to compare with; the second one tells how far rounding alone leads
 * @throws where the results of the library are wrong
 */
export function verified(
  program: Program,
  executable: CpuExecutable,
  library: string,
  references: readonly [CpuBackend, CpuBackend] = [webAssembly, javascript],
): CpuExecutable {
  const entries = Object.entries(executable.entries).map(([name, run], entry): [string, Run] => {
    const note = `${library}.${entry}.verified`;
    let isVerified: boolean | null = null;
    const verify = () => {
      const before = executable.memory.slice(0, program.words);
      run(1);
      const after = (reference: CpuBackend) => passOf(program, name, before, reference);
      const verdict = compare(program, executable.memory, after(references[0]), () => after(references[1]));
      if (verdict === 'wrong') {
        throw new Error(
          'the C compiler of this machine made code that computes other numbers than WebAssembly: set depthLab.nativeCode to false (--no-native), or name another compiler in the environment variable CC',
        );
      }
      // What is unclear is looked at again in the next run, not in every step.
      isVerified = true;
      if (verdict === 'right') writeFileSync(note, '');
    };
    return [
      name,
      (times) => {
        isVerified ??= wasVerified(note);
        if (isVerified || times < 1) return run(times);
        verify();
        run(times - 1);
      },
    ];
  });
  return { memory: executable.memory, entries: Object.fromEntries(entries) };
}

/** Notes that were found: each run of a grid has an executable of its own. */
const found = new Set<string>();

function wasVerified(note: string): boolean {
  if (!found.has(note) && existsSync(note)) found.add(note);
  return found.has(note);
}

/** The memory after one pass of an entry. */
function passOf(program: Program, entry: string, before: Float64Array, reference: CpuBackend): Float64Array {
  const { memory, entries } = compileForCpu(program, [reference, javascript]).executable;
  memory.set(before);
  entries[entry]!(1);
  return memory;
}

/**
 * Whether each tensor is what is expected, up to rounding; unclear where a system is on the verge of having no solution.
 * @param other computes the same with other rounding errors
 */
function compare(
  program: Program,
  actual: Float64Array,
  expected: Float64Array,
  other: () => Float64Array,
): 'right' | 'wrong' | 'unclear' {
  const { offsets, words } = program;
  const triangles = trianglesOf(program);
  const starts = [...new Set(offsets.values())].sort((a, b) => a - b);
  let rounded: Float64Array | null = null;
  for (const [position, start] of starts.entries()) {
    const place = { start, end: starts[position + 1] ?? words, side: triangles.get(start) };
    const { scale, difference, isFinite: isSound } = distance(place, actual, expected);
    if (!isSound && !distance(place, expected, expected).isFinite) continue;
    if (!isSound) return 'unclear';
    if (difference <= TOLERANCE * scale + Number.MIN_VALUE) continue;
    rounded ??= other();
    const rounding = distance(place, rounded, expected);
    if (!rounding.isFinite) return 'unclear';
    if (difference > AMPLIFICATION * rounding.difference + TOLERANCE * scale) return 'wrong';
  }
  return 'right';
}

/** The largest difference of two versions of a tensor, the size of the second, and whether both are finite. */
function distance(
  { start, end, side }: { start: number; end: number; side: number | undefined },
  actual: Float64Array,
  expected: Float64Array,
): { scale: number; difference: number; isFinite: boolean } {
  let [scale, difference, isSound] = [0, 0, true];
  for (let i = start; i < end; i++) {
    if (side !== undefined && (i - start) % side > Math.floor((i - start) / side)) continue;
    const [x, y] = [actual[i]!, expected[i]!];
    isSound &&= Number.isFinite(x) && Number.isFinite(y);
    scale = Math.max(scale, Math.abs(y));
    difference = Math.max(difference, Math.abs(x - y));
  }
  return { scale, difference, isFinite: isSound };
}

/** The sides of the matrices of which only the lower triangle is defined, by their places. */
function trianglesOf({ entries }: Program): Map<number, number> {
  const kernels = entries.flatMap((entry) => entry.kernels);
  return new Map(kernels.flatMap((kernel) => (kernel.kind === 'cholesky' ? [[kernel.out, kernel.size]] : [])));
}
