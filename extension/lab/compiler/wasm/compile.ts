/** Prints a program as WebAssembly with SIMD (float64, two lanes). */

import { LRUCache } from 'lru-cache';
import { Code, type Functions } from '../../assembler/code.ts';
import { encodeModule, f64, i32, type Signature, type WasmFunction } from '../../assembler/encoder.ts';
import { functionOf } from '../../assembler/functions.ts';
import { hasFusedMultiplyAdd } from '../../assembler/fused.ts';
import type { CpuBackend, CpuExecutable, Refusal, Run } from '../backend.ts';
import type { BinaryFunction, UnaryFunction } from '../functions.ts';
import { unaryFunctions } from '../functions.ts';
import type { Instruction, Kernel, KernelOf, Program } from '../lower/kernels.ts';
import { SCRATCH } from './blocked.ts';
import { encodeCholesky, isFactoredInBlocks } from './cholesky.ts';
import { encodeKronecker, isLarge } from './kronecker.ts';
import { isBlocked } from './largeMatmul.ts';
import { type Callee, encodeLoop, isInline, isLong, type LoopSurroundings, scalarImplementation } from './loop.ts';
import { encodeMatmul, scratchOf } from './matmul.ts';
import { encodeCircular, encodeCopy, encodeIndex, encodeReduce } from './rearrange.ts';
import { Shares } from './shares.ts';
import { encodeSolve } from './solve.ts';
import { encodeSampledMatmul, encodeSparseMatmul, isWorthSharing } from './sparse.ts';
import { TANH_LENGTH, tanhTable } from './tanhTable.ts';
import type { SharedProgram, Team } from './team.ts';

const PAGE = 65536;
/** The largest memory of 32-bit WebAssembly. */
const MOST_PAGES = 65536;

/**
 * Limits of WebAssembly on one function, in every engine: locals, and bytes. The bytes of a loop of the largest allowed
 * number of instructions are far below.
 */
const MOST_LOCALS = 50_000;
const LONGEST_BODY = 7_600_000;
/** Bytes of code after which the next kernel begins a new function: engines optimize large ones slowly, or not at all. */
const LONGEST_PART = 100_000;

/** Two float64 lanes. Its arena is a WebAssembly memory, behind whose words the index tables lie. */
export const webAssembly: CpuBackend = backend(null);

/** The same, with the same bits, whose long kernels are shared by several threads. */
export const sharedWebAssembly = (team: Team): CpuBackend => backend(team);

function backend(team: Team | null): CpuBackend {
  /** Of the programs with work to share: the others are compiled as for one thread. */
  const codes = new WeakMap<Program, WasmCode | Refusal>();
  return {
    name: 'simd',
    precision: 'float64',
    capabilities: { isSynchronous: true, maxRuns: 1 },
    compile(program) {
      if (team && !program.entries.some(({ kernels }) => kernels.some((kernel) => isShared(kernel, program))))
        return webAssembly.compile(program);
      const known = codes.get(program);
      const code = known && isCurrent(known) ? known : compiled(program, team);
      codes.set(program, code);
      return 'refusal' in code ? code : instantiated(program, code, team);
    },
  };
}

/** Fused rounding may be allowed after a program was compiled. */
function isCurrent(code: WasmCode | Refusal): boolean {
  return 'refusal' in code || code.isFused === hasFusedMultiplyAdd();
}

function instantiated(program: Program, code: WasmCode, team: Team | null): CpuExecutable {
  const { module, scalars, shared, pages, places } = code;
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: shared !== null });
  const env = Object.fromEntries(scalars.map((fn) => [fn, scalarImplementation(fn)]));
  const share = team && shared ? team.open({ ...shared, memory }) : null;
  const instance = new WebAssembly.Instance(module, { env: { ...env, memory, ...(share && { [SHARE]: share }) } });
  new Int32Array(memory.buffer, places.tables, program.indices.length).set(program.indices);
  if (places.hasTanh) new Float64Array(memory.buffer, places.tanh, 2 * TANH_LENGTH).set(tanhTable());
  return {
    memory: new Float64Array(memory.buffer, 0, program.words),
    entries: instance.exports as unknown as Record<string, Run>,
  };
}

interface WasmCode {
  module: WebAssembly.Module;
  /** The JavaScript functions it imports, in order. */
  scalars: readonly (UnaryFunction | BinaryFunction)[];
  places: Layout;
  pages: number;
  /** Whether products are added without being rounded. */
  isFused: boolean;
  /** What its threads share; null for one thread. */
  shared: Pick<SharedProgram, 'heights' | 'moduleOf'> | null;
}

/** Name of the imported function that shares work. It cannot be that of a scalar function. */
const SHARE = 'share';

/** Runs of one grid differ in their numbers, not in their code: it is compiled, and optimized, once. */
const modules = new LRUCache<string, WebAssembly.Module, Uint8Array<ArrayBuffer>>({
  max: 32,
  memoMethod: (_key, _stale, { context: bytes }) => new WebAssembly.Module(bytes),
});

function moduleOf(bytes: Uint8Array<ArrayBuffer>): WebAssembly.Module {
  return modules.memo(new TextDecoder('latin1').decode(bytes), { context: bytes });
}

function compiled(program: Program, team: Team | null): WasmCode | Refusal {
  const threads = team?.most ?? 1;
  const places = layout(program, threads);
  const { scratch } = places;
  const pages = Math.max(1, Math.ceil(places.bytes / PAGE));
  if (pages >= MOST_PAGES) return { refusal: 'its memory is larger than 4 GiB' };
  const scalars = scalarFunctions(program);
  const shares = team && new Shares(scalars.length, threads);
  const bytes = encodeProgram(program, { scalars, places, shares, sharedPages: team ? pages : undefined });
  if (!bytes) return { refusal: 'one of its kernels is larger than WebAssembly allows a function to be' };
  try {
    const own: WebAssembly.Module[] = [];
    const ownOf = (thread: number) => (own[thread] ??= moduleOf(shares!.moduleFor(scratch + thread * SCRATCH, pages)));
    if (shares) ownOf(0);
    const shared = shares && { heights: shares.heights, moduleOf: ownOf };
    return { module: moduleOf(bytes), scalars, places, pages, isFused: hasFusedMultiplyAdd(), shared };
  } catch (error) {
    // Engines have limits of their own, on a module as a whole for example.
    return { refusal: `the engine's compiler: ${error instanceof Error ? error.message : error}` };
  }
}

interface Encoding {
  scalars: WasmCode['scalars'];
  places: Layout;
  /** Collects the work of several threads; null for one. */
  shares: Shares | null;
  /** The pages of a memory that threads share. */
  sharedPages: number | undefined;
}

function encodeProgram(
  program: Program,
  { scalars, places, shares, sharedPages }: Encoding,
): Uint8Array<ArrayBuffer> | null {
  const scalarImports = scalars.map((fn) => ({
    name: fn,
    signature: { parameters: fn in unaryFunctions ? [f64] : [f64, f64], results: [f64] } satisfies Signature,
  }));
  const sharing = { name: SHARE, signature: { parameters: [i32, i32, i32], results: [] } satisfies Signature };
  const imports = shares ? [...scalarImports, sharing] : scalarImports;
  const callee: Callee = (fn) => scalars.indexOf(fn);
  const { tables, tanh, scratch } = places;
  const surroundings = { functions: { callee, tables: { tanh } }, tables, scratch };
  const encode = (code: Code, kernel: Kernel) =>
    encodeKernel(code, kernel, { ...surroundings, shares: isShared(kernel, program) ? shares : null });
  // The other functions stand behind the entries.
  const first = imports.length + program.entries.length;
  const parts: Code[] = [];
  const library: Functions = { add: (code) => first + parts.push(code) - 1 };
  const entries = program.entries.map(({ name, kernels }): WasmFunction => {
    const before = parts.length;
    let code = new Code(1, library);
    if (!repeatWhole(code, kernels, encode)) {
      parts.length = before;
      const calls = partsOf(kernels, encode, library).map((part) => library.add(part));
      code = new Code(1, library);
      code.repeat(0, () => {
        for (const index of calls) code.call(index);
      });
    }
    return { ...functionOf(code), exported: name };
  });
  const functions = [...entries, ...parts.map(functionOf)];
  const fits = functions.every(({ locals, code }) => locals.length <= MOST_LOCALS && code.length <= LONGEST_BODY);
  return fits ? encodeModule(imports, functions, sharedPages) : null;
}

type Encode = (code: Code, kernel: Kernel) => void;

/** An entry as one function, which repeats its kernels; false if that would become too long. */
function repeatWhole(code: Code, kernels: readonly Kernel[], encode: Encode): boolean {
  let encoded = 0;
  code.repeat(0, () => {
    for (; encoded < kernels.length && code.bytes.length <= LONGEST_PART; encoded++) encode(code, kernels[encoded]);
  });
  return encoded === kernels.length;
}

/** The kernels of an entry, in their order, as functions that are called one after the other. */
function partsOf(kernels: readonly Kernel[], encode: Encode, library: Functions): Code[] {
  const parts: Code[] = [];
  for (const kernel of kernels) {
    const last = parts.at(-1);
    const code = last && last.bytes.length <= LONGEST_PART ? last : new Code(0, library);
    if (code !== last) parts.push(code);
    encode(code, kernel);
  }
  return parts;
}

/** What encoders need besides the code they write to. */
interface Surroundings {
  functions: LoopSurroundings;
  /** Where the index tables begin, in bytes. */
  tables: number;
  /** Where scratch begins, if a kernel needs any. */
  scratch: number;
  /** Where work for several threads is put; null for a kernel that one thread computes. */
  shares: Shares | null;
}

/** How each kernel is printed. */
const encoders: { [K in Kernel['kind']]: (c: Code, kernel: KernelOf<K>, surroundings: Surroundings) => void } = {
  loop: (c, kernel, { functions, shares }) => encodeLoop(c, kernel, functions, shares),
  copy: encodeCopy,
  reduce: encodeReduce,
  gather: (c, kernel, { tables }) => encodeIndex(c, kernel, tables),
  scatter: (c, kernel, { tables }) => encodeIndex(c, kernel, tables),
  matmul: (c, kernel, { scratch, shares }) => encodeMatmul(c, kernel, scratch, shares),
  sampledMatmul: (c, kernel, { tables, shares }) => encodeSampledMatmul(c, kernel, tables, shares),
  sparseMatmul: (c, kernel, { tables, shares }) => encodeSparseMatmul(c, kernel, tables, shares),
  kronecker: (c, kernel, { tables, shares }) => encodeKronecker(c, kernel, tables, shares),
  convolve: encodeCircular,
  correlate: encodeCircular,
  cholesky: (c, kernel, { scratch, shares }) => encodeCholesky(c, kernel, scratch, shares),
  solveCholesky: encodeSolve,
};

function encodeKernel(c: Code, kernel: Kernel, surroundings: Surroundings): void {
  const encode = encoders[kernel.kind] as (c: Code, kernel: Kernel, surroundings: Surroundings) => void;
  encode(c, kernel, surroundings);
}

interface Layout {
  /** Byte offsets of the index tables, of the values of tanh, and of the scratch of the first thread. */
  tables: number;
  tanh: number;
  scratch: number;
  /** Whether there are values of tanh. */
  hasTanh: boolean;
  /** Bytes in all. */
  bytes: number;
}

/** Behind the arena: the index tables, values of functions, and what kernels need for themselves, some in each thread. */
function layout(program: Program, threads: number): Layout {
  const tables = 8 * program.words;
  const tanh = Math.ceil((tables + 4 * program.indices.length) / 16) * 16;
  const hasTanh = usesTanh(program);
  const scratch = tanh + (hasTanh ? 16 * TANH_LENGTH : 0);
  const kernels = program.entries.flatMap((entry) => entry.kernels);
  const inThreads = kernels.some((kernel) => isBlockedKernel(kernel)) ? threads * SCRATCH : 0;
  const own = kernels.map((kernel) => (kernel.kind === 'matmul' ? scratchOf(kernel) : 0));
  const most = own.reduce((largest, bytes) => Math.max(largest, bytes), inThreads);
  return { tables, tanh, scratch, hasTanh, bytes: scratch + most };
}

function usesTanh({ entries }: Program): boolean {
  const isTanh = (one: Instruction) => one.op === 'unary' && one.fn === 'tanh';
  return entries.some(({ kernels }) => kernels.some((kernel) => kernel.kind === 'loop' && kernel.body.some(isTanh)));
}

/** Whether a kernel needs {@link SCRATCH} bytes in each thread that computes it. */
function isBlockedKernel(kernel: Kernel): boolean {
  if (kernel.kind === 'cholesky') return isFactoredInBlocks(kernel);
  return kernel.kind === 'matmul' && isBlocked(kernel);
}

/** Whether a kernel is long enough for several threads. */
function isShared(kernel: Kernel, { indices }: Program): boolean {
  if (kernel.kind === 'sampledMatmul' || kernel.kind === 'sparseMatmul') return isWorthSharing(kernel, indices);
  if (kernel.kind === 'loop') return isLong(kernel);
  return kernel.kind === 'kronecker' ? isLarge(kernel) : isBlockedKernel(kernel);
}

/** The functions that this program computes in JavaScript. */
function scalarFunctions(program: Program): (UnaryFunction | BinaryFunction)[] {
  const used = new Set<UnaryFunction | BinaryFunction>();
  for (const { kernels } of program.entries) {
    for (const kernel of kernels) {
      if (kernel.kind !== 'loop') continue;
      for (const instruction of kernel.body) {
        if ((instruction.op === 'unary' || instruction.op === 'binary') && !isInline(instruction.fn))
          used.add(instruction.fn);
      }
    }
  }
  return [...used];
}
