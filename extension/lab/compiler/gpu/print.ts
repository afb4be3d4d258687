/** Prints one entry of a program as GPU.js kernels: pure functions from buffers to buffers, in order. */
import type { Kernel, KernelOf, Program } from '../lower/kernels.ts';
import { CONSTANTS } from '../lower/lower.ts';
import type { CircularKernel } from '../operations/circular.ts';
import type { KroneckerKernel } from '../operations/kronecker.ts';
import type { SampledKernel, SparseKernel } from '../operations/products.ts';
import type { CopyKernel, IndexKernel } from '../operations/rearranging.ts';
import type { ReduceKernel } from '../operations/reductions.ts';
import { printSolve } from './linearSystem.ts';
import { printLoop, reduction } from './loop.ts';
import { printMatmul } from './matmul.ts';
import { type PrintedKernel, ProgramText, type Region, type RunAxis } from './text.ts';

export interface PrintedProgram {
  /** Words of the arena: buffers beyond are scratch of one kernel. */
  words: number;
  runs: RunAxis;
  /** Equal for programs that differ in constants and tables alone. */
  text: string;
  kernels: PrintedKernel[];
  /** The states that the kernels read. */
  states: Region[];
  /** Which of them the kernels write. */
  written: Region[];
  /** The regions of one run's part of the buffer of constants. */
  constants: Region[];
  /** The tables of one run's part of the buffer of tables. */
  tables: Int32Array[];
  /** How many runs the kernels can advance at once: positions in their buffers must be exact in float32. */
  maxRuns: number;
}

/** Integers up to here are exact in float32: indices must not be larger. */
export const MAX_INDEX = 2 ** 24;
/** Words of all buffers of a batch together: a quarter of a gibibyte on the device. */
const MAX_BATCH_WORDS = 2 ** 26;

/** @param states storage that lives from step to step, inputs written between steps among it */
export function printEntry(program: Program, name: string, states: readonly Region[], runs: RunAxis): PrintedProgram {
  const kernels = program.entries.find((entry) => entry.name === name)?.kernels ?? [];
  const isState = new Set(states.map(({ offset }) => offset));
  const made = new Set(kernels.flatMap(outputsOf));
  const text = new ProgramText(program, runs, states, (offset) => {
    return offset < program.words && !made.has(offset) && !isState.has(offset);
  });
  // A constant matrix has been factored once, on the CPU; kernels that solve with it need the matrix itself.
  for (const kernel of program.entries.find((entry) => entry.name === CONSTANTS)?.kernels ?? []) {
    if (kernel.kind === 'cholesky') printKernel(text, kernel);
  }
  for (const kernel of kernels) {
    printKernel(text, kernel);
    text.nextGroup();
  }
  const printed = text.finish();
  const used = new Set(printed.flatMap(({ inputs }) => inputs));
  const read = states.filter(({ offset }) => used.has(offset));
  const written = states.filter(({ offset }) => made.has(offset));
  return {
    words: program.words,
    runs,
    text: JSON.stringify([printed, read, written]),
    kernels: printed,
    states: read,
    written,
    constants: text.constants,
    tables: text.tables,
    maxRuns: Math.max(1, Math.floor(Math.min(MAX_INDEX / text.largest, MAX_BATCH_WORDS / text.total))),
  };
}

/** The words that a kernel writes, by their offsets. */
function outputsOf(kernel: Kernel): number[] {
  return kernel.kind === 'loop' ? [...kernel.stores, ...kernel.reductions].map(({ offset }) => offset) : [kernel.out];
}

/** How each kernel is printed. */
const printers: { [K in Kernel['kind']]: (text: ProgramText, kernel: KernelOf<K>) => void } = {
  loop: printLoop,
  copy: printCopy,
  reduce: printReduce,
  gather: printGather,
  scatter: printScatter,
  matmul: printMatmul,
  sampledMatmul: printSampled,
  sparseMatmul: printSparse,
  kronecker: printKronecker,
  convolve: printCircular,
  correlate: printCircular,
  cholesky: (text, { a, out }) => text.factor(out, a),
  solveCholesky: (text, { a, b, out, size }) => printSolve(text, text.matrixOf(a), b, out, size),
};

function printKernel(text: ProgramText, kernel: Kernel): void {
  (printers[kernel.kind] as (text: ProgramText, kernel: Kernel) => void)(text, kernel);
}

function printReduce(text: ProgramText, { fn, a, out, outer, length, inner }: ReduceKernel): void {
  text.kernel(out, [inner, outer], length, (t) =>
    reduction(fn, length, (k) => ({
      statements: [],
      result: t.at(a, `(this.thread.y * ${length} + ${k}) * ${inner} + this.thread.x`),
    })),
  );
}

function printSampled(text: ProgramText, kernel: SampledKernel): void {
  const { a, b, out, length, inner } = kernel;
  const rows = text.table(kernel.rows, length);
  const columns = text.table(kernel.columns, length);
  text.kernel(out, [length], inner, (t) => {
    const x = t.at(a, `${t.table(rows, 'this.thread.x')} * ${inner} + k`);
    const y = t.at(b, `${t.table(columns, 'this.thread.x')} * ${inner} + k`);
    return reduction('sum', inner, () => ({ statements: [], result: `${x} * ${y}` }));
  });
}

function printCircular(text: ProgramText, { a, b, out, length, kind }: CircularKernel): void {
  const [i, j] = kind === 'convolve' ? ['this.thread.x', 'k'] : ['k', 'this.thread.x'];
  text.kernel(out, [length], length, (t) =>
    reduction('sum', length, (k) => ({
      statements: [`const at = ${i} >= ${j} ? ${i} - ${j} : ${i} - ${j} + ${length};`],
      result: `${t.at(a, k)} * ${t.at(b, 'at')}`,
    })),
  );
}

/** Up to three axes are the threads' own; more of them go through a table. */
function printCopy(text: ProgramText, { a, out, shape, strides }: CopyKernel): void {
  const axes = shape.map((length, axis) => ({ length, stride: strides[axis] })).filter(({ length }) => length !== 1);
  if (axes.length <= 3) {
    const inner = [...axes].reverse();
    const output = inner.length === 0 ? [1] : inner.map(({ length }) => length);
    text.kernel(out, output, 1, (t) => {
      const names = ['this.thread.x', 'this.thread.y', t.z];
      const steps = inner.flatMap(({ stride }, i) => (stride === 0 ? [] : [`${names[i]} * ${stride}`]));
      return `  return ${t.at(a, steps.join(' + ') || '0')};`;
    });
    return;
  }
  const size = axes.reduce((product, { length }) => product * length, 1);
  const table = text.ownTable(`copy ${JSON.stringify(axes)}`, () =>
    Int32Array.from({ length: size }, (_, flat) => {
      let [rest, at] = [flat, 0];
      for (let axis = axes.length - 1; axis >= 0; axis--) {
        at += (rest % axes[axis].length) * axes[axis].stride;
        rest = Math.floor(rest / axes[axis].length);
      }
      return at;
    }),
  );
  text.kernel(out, [size], 1, (t) => `  return ${t.at(a, t.table(table, 'this.thread.x'))};`);
}

function printGather(text: ProgramText, { a, out, indices, length }: IndexKernel): void {
  const table = text.table(indices, length);
  text.kernel(out, [length], 1, (t) => `  return ${t.at(a, t.table(table, 'this.thread.x'))};`);
}

/** Each entry of the result sums its contributions, listed in compressed rows. */
function printScatter(text: ProgramText, { a, out, indices, length, size }: IndexKernel): void {
  const targets = text.program.indices.subarray(indices, indices + length);
  const starts = text.ownTable(`scatter starts ${indices} ${length} ${size}`, () => {
    const table = new Int32Array(size + 1);
    for (const target of targets) table[target + 1]++;
    for (let i = 0; i < size; i++) table[i + 1] += table[i];
    return table;
  });
  const order = text.ownTable(`scatter order ${indices} ${length}`, () =>
    Int32Array.from(targets, (_, i) => i).sort((i, j) => targets[i] - targets[j] || i - j),
  );
  text.kernel(out, [size], length, (t) =>
    rowSum(t.table(starts, 'this.thread.x'), t.table(starts + 1, 'this.thread.x'), t.at(a, t.table(order, 'e'))),
  );
}

function printSparse(text: ProgramText, kernel: SparseKernel): void {
  const { values, b, out, rows, width } = kernel;
  const length = text.program.indices[kernel.starts + rows];
  const starts = text.table(kernel.starts, rows + 1);
  const columns = text.table(kernel.columns, length);
  const order = text.table(kernel.order, length);
  text.kernel(out, [width, rows], length, (t) => {
    const entry = t.at(values, t.table(order, 'e'));
    const row = t.at(b, `${t.table(columns, 'e')} * ${width} + this.thread.x`);
    return rowSum(t.table(starts, 'this.thread.y'), t.table(starts + 1, 'this.thread.y'), `${entry} * ${row}`);
  });
}

function printKronecker(text: ProgramText, kernel: KroneckerKernel): void {
  const { out, count, height, width, dense, inRow, inColumn, identities } = kernel;
  const rows = text.table(kernel.rows, count);
  const columns = text.table(kernel.columns, count);
  text.kernel(out, [count, count], 1, (t) => {
    const left = (matrix: number) => t.at(matrix, `i * ${height} + k`);
    const right = (matrix: number) => t.at(matrix, `j * ${width} + l`);
    const add = (terms: readonly string[]) => terms.map((term) => `total = total + ${term};`);
    const where = (condition: string, terms: readonly string[]) =>
      terms.length === 0 ? [] : [`if (${condition}) {`, ...add(terms).map((line) => `  ${line}`), '}'];
    const lines = [
      `const i = ${t.table(rows, 'this.thread.y')};`,
      `const j = ${t.table(columns, 'this.thread.y')};`,
      `const k = ${t.table(rows, 'this.thread.x')};`,
      `const l = ${t.table(columns, 'this.thread.x')};`,
      'let total = 0;',
      ...where('i === k', inRow.map(right)),
      ...add(dense.map((term) => `${left(term.left)} * ${right(term.right)}`)),
      ...where('j === l', inColumn.map(left)),
      ...(identities > 0 ? where('i === k && j === l', [String(identities)]) : []),
      'return total;',
    ];
    return lines.map((line) => `  ${line}`).join('\n');
  });
}

/** The sum of a term over e = from … to − 1, with bounds that depend on the thread. */
function rowSum(from: string, to: string, term: string): string {
  return [
    `  const end = ${to};`,
    '  let total = 0;',
    `  for (let e = ${from}; e < end; e += 1) {`,
    `    total = total + ${term};`,
    '  }',
    '  return total;',
  ].join('\n');
}
