/** Prints a program as WebAssembly with SIMD (float64, two lanes). */

import { Code, type Functions } from '../../assembler/code.ts';
import { encodeModule, f64, i32, type Signature, type ValueType, type WasmFunction } from '../../assembler/encoder.ts';
import type { CpuBackend, CpuExecutable, Refusal, Run } from '../backend.ts';
import type { BinaryFunction, UnaryFunction } from '../functions.ts';
import { unaryFunctions } from '../functions.ts';
import type { Kernel, KernelOf, Program } from '../lower/kernels.ts';
import { Recent } from '../recent.ts';
import { SCRATCH } from './blocked.ts';
import { encodeCholesky, isFactoredInBlocks } from './cholesky.ts';
import { type Callee, encodeLoop, isInline, scalarImplementation } from './loop.ts';
import { encodeMatmul, isBlocked } from './matmul.ts';
import { encodeCircular, encodeCopy, encodeIndex, encodeReduce } from './rearrange.ts';
import { encodeSolve } from './solve.ts';
import { encodeSampledMatmul, encodeSparseMatmul } from './sparse.ts';

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
export const webAssembly: CpuBackend = {
  name: 'simd',
  precision: 'float64',
  capabilities: { isSynchronous: true, maxRuns: 1 },
  compile,
};

function compile(program: Program): CpuExecutable | Refusal {
  const { tables, bytes } = layout(program);
  const pages = Math.max(1, Math.ceil(bytes / PAGE));
  if (pages >= MOST_PAGES) return { refusal: 'its memory is larger than 4 GiB' };
  const code = codeOf(program);
  if ('refusal' in code) return code;
  const { module, scalars } = code;
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const env = Object.fromEntries(scalars.map((fn) => [fn, scalarImplementation(fn)]));
  const instance = new WebAssembly.Instance(module, { env: { ...env, memory } });
  new Int32Array(memory.buffer, tables, program.indices.length).set(program.indices);
  return {
    memory: new Float64Array(memory.buffer, 0, program.words),
    entries: instance.exports as unknown as Record<string, Run>,
  };
}

interface WasmCode {
  module: WebAssembly.Module;
  /** The JavaScript functions it imports, in order. */
  scalars: readonly (UnaryFunction | BinaryFunction)[];
}

const codes = new WeakMap<Program, WasmCode | Refusal>();
/** Runs of one grid differ in their numbers, not in their code: it is compiled, and optimized, once. */
const modules = new Recent<string, WebAssembly.Module>(32);

function codeOf(program: Program): WasmCode | Refusal {
  const known = codes.get(program);
  if (known !== undefined) return known;
  const code = compiled(program);
  codes.set(program, code);
  return code;
}

function compiled(program: Program): WasmCode | Refusal {
  const scalars = scalarFunctions(program);
  const bytes = encodeProgram(program, scalars);
  if (!bytes) return { refusal: 'one of its kernels is larger than WebAssembly allows a function to be' };
  try {
    return {
      module: modules.get(new TextDecoder('latin1').decode(bytes), () => new WebAssembly.Module(bytes)),
      scalars,
    };
  } catch (error) {
    // Engines have limits of their own, on a module as a whole for example.
    return { refusal: `the engine's compiler: ${error instanceof Error ? error.message : error}` };
  }
}

function encodeProgram(program: Program, scalars: WasmCode['scalars']): Uint8Array<ArrayBuffer> | null {
  const imports = scalars.map((fn) => ({
    name: fn,
    signature: { parameters: fn in unaryFunctions ? [f64] : [f64, f64], results: [f64] } satisfies Signature,
  }));
  const callee: Callee = (fn) => scalars.indexOf(fn);
  const { tables, scratch } = layout(program);
  const encode = (code: Code, kernel: Kernel) => encodeKernel(code, kernel, { callee, tables, scratch });
  // The other functions stand behind the entries.
  const first = scalars.length + program.entries.length;
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
  return fits ? encodeModule(imports, functions) : null;
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

function functionOf({ parameterCount, locals, bytes }: Code): WasmFunction {
  return { parameters: new Array<ValueType>(parameterCount).fill(i32), results: [], locals, code: bytes };
}

/** What encoders need besides the code they write to. */
interface Surroundings {
  callee: Callee;
  /** Where the index tables begin, in bytes. */
  tables: number;
  /** Where {@link SCRATCH} bytes begin, if a kernel needs them. */
  scratch: number;
}

/** How each kernel is printed. */
const encoders: { [K in Kernel['kind']]: (c: Code, kernel: KernelOf<K>, surroundings: Surroundings) => void } = {
  loop: (c, kernel, { callee }) => encodeLoop(c, kernel, callee),
  copy: encodeCopy,
  reduce: encodeReduce,
  gather: (c, kernel, { tables }) => encodeIndex(c, kernel, tables),
  scatter: (c, kernel, { tables }) => encodeIndex(c, kernel, tables),
  matmul: (c, kernel, { scratch }) => encodeMatmul(c, kernel, scratch),
  sampledMatmul: (c, kernel, { tables }) => encodeSampledMatmul(c, kernel, tables),
  sparseMatmul: (c, kernel, { tables }) => encodeSparseMatmul(c, kernel, tables),
  convolve: encodeCircular,
  correlate: encodeCircular,
  cholesky: (c, kernel, { scratch }) => encodeCholesky(c, kernel, scratch),
  solveCholesky: encodeSolve,
};

function encodeKernel(c: Code, kernel: Kernel, surroundings: Surroundings): void {
  const encode = encoders[kernel.kind] as (c: Code, kernel: Kernel, surroundings: Surroundings) => void;
  encode(c, kernel, surroundings);
}

/** The bytes of a program: the arena, the index tables, and what blocked kernels need for themselves. */
function layout(program: Program): { tables: number; scratch: number; bytes: number } {
  const tables = 8 * program.words;
  const scratch = Math.ceil((tables + 4 * program.indices.length) / 16) * 16;
  const isNeeded = program.entries.some(({ kernels }) => kernels.some(needsScratch));
  return { tables, scratch, bytes: scratch + (isNeeded ? SCRATCH : 0) };
}

function needsScratch(kernel: Kernel): boolean {
  if (kernel.kind === 'cholesky') return isFactoredInBlocks(kernel);
  return kernel.kind === 'matmul' && isBlocked(kernel);
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
