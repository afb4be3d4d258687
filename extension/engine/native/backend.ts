/** Programs in C, compiled by the machine's own compiler: all lanes of the processor, and several threads for one run. */
import { constants, platform } from 'node:os';
import { type CpuBackend, type CpuExecutable, isRefusal, type Refusal, type Run } from '../../lab/compiler/backend.ts';
import type { Program } from '../../lab/compiler/lower/kernels.ts';
import { printC } from '../../lab/compiler/native/print.ts';
import { type Compiler, compileLibrary } from './compiler.ts';
import { verified } from './verified.ts';

/** A compiled library. */
interface Library {
  file: string;
  run(entry: number, memory: Float64Array, indices: Int32Array, times: number, threads: number): void;
  /** Gets an array ready that has not been written to. Returns the bytes by which it lies behind a multiple of {@link LINE}. */
  prepare(array: Float64Array): number;
}

/** A line of the cache, in bytes. */
const LINE = 64;

/** `RTLD_NODELETE`: a library has threads that wait in its code. */
const STAYS = platform() === 'darwin' ? 0x80 : 0x1000;

/**
 * @param threads asked at each call: how many threads may share the work. They change no bit.
 * @param folder where libraries are kept; by default the cache folder of the user
 */
export function nativeBackend(compiler: Compiler, threads: () => number, folder?: string): CpuBackend {
  const known = new WeakMap<Program, Library | Refusal>();
  const libraryOf = (program: Program) => {
    const library = known.get(program) ?? loadLibrary(compiler, program, folder);
    known.set(program, library);
    return library;
  };
  return {
    name: 'native',
    precision: 'float64',
    capabilities: { isSynchronous: true, maxRuns: 1 },
    compile(program) {
      const library = libraryOf(program);
      return isRefusal(library) ? library : executable(program, library, threads);
    },
  };
}

function loadLibrary(compiler: Compiler, program: Program, folder?: string): Library | Refusal {
  const source = printC(program);
  if (typeof source !== 'string') return source;
  const library = compileLibrary(compiler, source, folder);
  if (typeof library !== 'string') return library;
  const module = { exports: {} as Omit<Library, 'file'> };
  try {
    process.dlopen(module, library, constants.dlopen.RTLD_NOW | STAYS);
  } catch (error) {
    return { refusal: `the compiled library does not load: ${error instanceof Error ? error.message : error}` };
  }
  return { ...module.exports, file: library };
}

function executable(program: Program, library: Library, threads: () => number): CpuExecutable {
  const { words, indices, entries } = program;
  const room = new Float64Array(words + LINE / 8);
  const skipped = ((LINE - library.prepare(room)) % LINE) / 8;
  const memory = room.subarray(skipped, skipped + words);
  const run =
    (entry: number): Run =>
    (times) =>
      library.run(entry, memory, indices, times, threads());
  const all = Object.fromEntries(entries.map(({ name }, entry) => [name, run(entry)]));
  return verified(program, { memory, entries: all }, library.file);
}
