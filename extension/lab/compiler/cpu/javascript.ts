/** Prints a program as JavaScript over one Float64Array: the reference back end, available on every machine. */
import { factorCholesky, solveCholesky } from '../../linearAlgebra/cholesky.ts';
import type { CpuBackend, CpuExecutable } from '../backend.ts';
import { type BinaryFunction, sigmoid, softplus, type UnaryFunction } from '../functions.ts';
import type { Instruction, Kernel, KernelOf, LoopKernel, Program } from '../lower/kernels.ts';
import type { CircularKernel } from '../operations/circular.ts';
import type { KroneckerKernel } from '../operations/kronecker.ts';
import type { CholeskyKernel, SolveKernel } from '../operations/linearSystem.ts';
import type { SampledKernel, SparseKernel } from '../operations/products.ts';
import type { CopyKernel, IndexKernel } from '../operations/rearranging.ts';
import type { ReduceKernel } from '../operations/reductions.ts';
import { printOperator } from '../operators.ts';
import { printMatmul } from './matmul.ts';

/** Functions that printed programs call. */
const runtime = { sigmoid, softplus, factorCholesky, solveCholesky };

/** Kernels of one printed function: engines compile long functions slowly, or only interpret them. */
const LONGEST_PART = 500;

/** The source of a function `(m, ix, sigmoid, …) => ({ [entry]: (times) => void })`; shown by `explain`. */
export function printProgram(program: Program): string {
  const parts: string[] = [];
  const entries = program.entries.map(({ name, kernels }) => {
    const body = printKernels(kernels, parts)
      .map((text) => indent(text, 2))
      .join('\n');
    return `  ${JSON.stringify(name)}(times) {\n    for (let t = 0; t < times; t++) {\n${indent(body, 1)}\n    }\n  },`;
  });
  return `${parts.join('')}return {\n${entries.join('\n')}\n};`;
}

/** The statements of an entry: its kernels or, where there are many, calls of functions that are added to `parts`. */
function printKernels(kernels: readonly Kernel[], parts: string[]): string[] {
  if (kernels.length <= LONGEST_PART) return kernels.map(printKernel);
  const calls: string[] = [];
  for (let from = 0; from < kernels.length; from += LONGEST_PART) {
    const texts = kernels.slice(from, from + LONGEST_PART).map((kernel) => indent(printKernel(kernel), 1));
    const name = `part${parts.push(`function part${parts.length}() {\n${texts.join('\n')}\n}\n`) - 1}`;
    calls.push(`${name}();`);
  }
  return calls;
}

/** JavaScript over one array: the reference. It takes every program whose arena JavaScript can allocate. */
export const javascript: CpuBackend = {
  name: 'javascript',
  precision: 'float64',
  capabilities: { isSynchronous: true, maxRuns: 1 },
  compile(program: Program): CpuExecutable {
    const memory = new Float64Array(program.words);
    const names = ['m', 'ix', ...Object.keys(runtime)];
    const make = new Function(...names, `"use strict";\n${printProgram(program)}`);
    return { memory, entries: make(memory, program.indices, ...Object.values(runtime)) };
  },
};

/** How each kernel is printed. */
const printers: { [K in Kernel['kind']]: (kernel: KernelOf<K>) => string } = {
  loop: printLoop,
  copy: printCopy,
  reduce: printReduce,
  gather: printGather,
  scatter: printScatter,
  matmul: printMatmul,
  sampledMatmul: printSampledMatmul,
  sparseMatmul: printSparseMatmul,
  kronecker: printKronecker,
  convolve: printConvolve,
  correlate: printCorrelate,
  cholesky: printCholesky,
  solveCholesky: printSolveCholesky,
};

function printKernel(kernel: Kernel): string {
  return (printers[kernel.kind] as (kernel: Kernel) => string)(kernel);
}

function printCopy({ a, out, shape, strides }: CopyKernel): string {
  const names = shape.map((_, axis) => `i${axis}`);
  const from = strides.map((stride, axis) => (stride === 0 ? '' : ` + ${times(names[axis], stride)}`)).join('');
  const inner = `m[o++] = m[${a}${from}];`;
  const loops = shape.reduceRight(
    (body, length, axis) =>
      `for (let ${names[axis]} = 0; ${names[axis]} < ${length}; ${names[axis]}++) {\n${indent(body, 1)}\n}`,
    inner,
  );
  return `{ let o = ${out};\n${loops}\n}`;
}

function printReduce({ fn, a, out, outer, length, inner }: ReduceKernel): string {
  const first = { sum: '0', min: 'Infinity', max: '-Infinity' }[fn];
  const next = accumulate(fn, 's', `m[${a} + (i * ${length} + k) * ${inner} + j]`);
  return `for (let i = 0; i < ${outer}; i++) for (let j = 0; j < ${inner}; j++) {\n  let s = ${first};\n  for (let k = 0; k < ${length}; k++) ${next};\n  m[${out} + i * ${inner} + j] = s;\n}`;
}

function printGather({ a, out, indices, length }: IndexKernel): string {
  return `for (let i = 0; i < ${length}; i++) m[${out} + i] = m[${a} + ix[${indices} + i]];`;
}

function printScatter({ a, out, indices, length, size }: IndexKernel): string {
  return `m.fill(0, ${out}, ${out + size});\nfor (let i = 0; i < ${length}; i++) m[${out} + ix[${indices} + i]] += m[${a} + i];`;
}

function printCholesky({ a, out, size }: CholeskyKernel): string {
  const [from, to, end] = [a, out, out + size * size];
  return `m.copyWithin(${to}, ${from}, ${from + size * size});\nif (!factorCholesky(m.subarray(${to}, ${end}), ${size})) m.fill(NaN, ${to}, ${end});`;
}

function printSolveCholesky({ a, b, out, size }: SolveKernel): string {
  return `m.copyWithin(${out}, ${b}, ${b + size});\nsolveCholesky(m.subarray(${a}, ${a + size * size}), ${size}, m.subarray(${out}, ${out + size}));`;
}

function printSampledMatmul({ a, b, out, rows, columns, length, inner }: SampledKernel): string {
  return `for (let e = 0; e < ${length}; e++) {
  const x = ${a} + ix[${rows} + e] * ${inner}, y = ${b} + ix[${columns} + e] * ${inner};
  let s = 0;
  for (let p = 0; p < ${inner}; p++) s += m[x + p] * m[y + p];
  m[${out} + e] = s;
}`;
}

function printSparseMatmul({ values, b, out, starts, columns, order, rows, width }: SparseKernel): string {
  return `m.fill(0, ${out}, ${out + rows * width});
for (let i = 0; i < ${rows}; i++) for (let e = ix[${starts} + i]; e < ix[${starts + 1} + i]; e++) {
  const c = m[${values} + ix[${order} + e]], o = ${out} + i * ${width}, r = ${b} + ix[${columns} + e] * ${width};
  for (let j = 0; j < ${width}; j++) m[o + j] += c * m[r + j];
}`;
}

function printKronecker(kernel: KroneckerKernel): string {
  const { out, count, height, width, rows, columns, dense, inRow, inColumn, identities } = kernel;
  const left = (matrix: number) => `m[${matrix} + i * ${height} + k]`;
  const right = (matrix: number) => `m[${matrix} + j * ${width} + l]`;
  const sums = [
    ...inRow.map((matrix) => `if (i === k) s += ${right(matrix)};`),
    ...dense.map((term) => `s += ${left(term.left)} * ${right(term.right)};`),
    ...inColumn.map((matrix) => `if (j === l) s += ${left(matrix)};`),
    ...(identities > 0 ? [`if (i === k && j === l) s += ${identities};`] : []),
  ];
  return `for (let e = 0; e < ${count}; e++) for (let f = 0; f < ${count}; f++) {
  const i = ix[${rows} + e], j = ix[${columns} + e], k = ix[${rows} + f], l = ix[${columns} + f];
  let s = 0;
${indent(sums.join('\n'), 1)}
  m[${out} + e * ${count} + f] = s;
}`;
}

function printConvolve({ a, b, out, length }: CircularKernel): string {
  return circular(out, length, `m[${a} + j] * m[${b} + (k >= j ? k - j : k - j + ${length})]`);
}

function printCorrelate({ a, b, out, length }: CircularKernel): string {
  return circular(out, length, `m[${a} + j] * m[${b} + (j >= k ? j - k : j - k + ${length})]`);
}

function circular(out: number, length: number, term: string): string {
  return `for (let k = 0; k < ${length}; k++) {\n  let s = 0;\n  for (let j = 0; j < ${length}; j++) s += ${term};\n  m[${out} + k] = s;\n}`;
}

function printLoop(kernel: LoopKernel): string {
  const at = (offset: number) => (kernel.length === 1 ? `m[${offset}]` : `m[${offset} + i]`);
  const invariant: string[] = [];
  const body: string[] = [];
  kernel.body.forEach((instruction, id) => {
    if (instruction.op === 'load' && instruction.fixed) invariant.push(`const v${id} = m[${instruction.offset}];`);
    else if (instruction.op === 'literal') return;
    else body.push(`const v${id} = ${printInstruction(instruction, at, name)};`);
  });
  function name(id: number): string {
    const instruction = kernel.body[id];
    return instruction.op === 'literal' ? literal(instruction.value) : `v${id}`;
  }
  const before = kernel.reductions.map(
    ({ fn }, r) => `let r${r} = ${{ sum: '0', min: 'Infinity', max: '-Infinity' }[fn]};`,
  );
  for (const { value, offset } of kernel.stores) body.push(`${at(offset)} = ${name(value)};`);
  kernel.reductions.forEach(({ fn, value }, r) => {
    body.push(`${accumulate(fn, `r${r}`, name(value))};`);
  });
  const after = kernel.reductions.map(({ offset }, r) => `m[${offset}] = r${r};`);
  const loop =
    kernel.length === 1
      ? body
      : [`for (let i = 0; i < ${kernel.length}; i++) {`, ...body.map((line) => `  ${line}`), '}'];
  return `{\n${indent([...invariant, ...before, ...loop, ...after].join('\n'), 1)}\n}`;
}

function accumulate(fn: 'sum' | 'min' | 'max', into: string, value: string): string {
  if (fn === 'sum') return `${into} += ${value}`;
  return `${into} = Math.${fn}(${into}, ${value})`;
}

function printInstruction(
  instruction: Instruction,
  at: (offset: number) => string,
  name: (id: number) => string,
): string {
  switch (instruction.op) {
    case 'load':
      return at(instruction.offset);
    case 'literal':
      return literal(instruction.value);
    case 'unary':
      return printUnary(instruction.fn, name(instruction.a));
    case 'binary':
      return printBinary(instruction.fn, name(instruction.a), name(instruction.b));
    case 'select':
      return `${name(instruction.condition)} !== 0 ? ${name(instruction.a)} : ${name(instruction.b)}`;
  }
}

function printUnary(fn: UnaryFunction, x: string): string {
  switch (fn) {
    case 'negate':
      return `-${x}`;
    case 'not':
      return `${x} === 0 ? 1 : 0`;
    case 'sigmoid':
    case 'softplus':
      return `${fn}(${x})`;
    default:
      return `Math.${fn}(${x})`;
  }
}

function printBinary(fn: BinaryFunction, a: string, b: string): string {
  const operator = printOperator(fn, a, b);
  if (operator !== null) return operator;
  switch (fn) {
    case 'power':
      return `Math.pow(${a}, ${b})`;
    case 'remainder':
      return `${a} % ${b}`;
    case 'and':
      return `${a} !== 0 && ${b} !== 0 ? 1 : 0`;
    case 'or':
      return `${a} !== 0 || ${b} !== 0 ? 1 : 0`;
    case 'guardedMultiply':
      return `${a} === 0 ? 0 : ${a} * ${b}`;
    default:
      return `Math.${fn}(${a}, ${b})`;
  }
}

/** A number as an expression that can stand behind any operator. */
function literal(value: number): string {
  return value < 0 || Object.is(value, -0) ? `(${Object.is(value, -0) ? '-0' : value})` : String(value);
}

function times(name: string, factor: number): string {
  return factor === 1 ? name : `${name} * ${factor}`;
}

export function indent(text: string, levels: number): string {
  const space = '  '.repeat(levels);
  return text
    .split('\n')
    .map((line) => (line === '' ? line : space + line))
    .join('\n');
}
