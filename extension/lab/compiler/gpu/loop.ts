/**
 * Loops as GPU.js kernels. A kernel makes one buffer, so each store and each reduction becomes a kernel of its own, which
 * computes what it needs and nothing else; a reduction runs in two stages, so that many threads share the work.
 */
import type { Instruction, LoopKernel } from '../lower/kernels.ts';
import { printBinary, printLiteral, printUnary } from './scalars.ts';
import { DATA, type KernelText, type ProgramText } from './text.ts';

/** Buffers that one kernel may read: WebGPU promises eight storage buffers, one of which is written. */
const MAX_INPUTS = 7;

/** Loops up to this length are reduced by one thread. */
const SHORT = 32;

export function printLoop(program: ProgramText, kernel: LoopKernel): void {
  const body = splitBody(program, kernel);
  for (const { value, offset } of kernel.stores) printStore(program, kernel.length, body, value, offset);
  for (const { fn, value, offset } of kernel.reductions) {
    if (kernel.length <= SHORT) {
      program.kernel(offset, [1], kernel.length, (text) =>
        reduction(fn, kernel.length, (index) => compute(text, body, value, kernel.length, index)),
      );
      continue;
    }
    const threads = Math.ceil(Math.sqrt(kernel.length));
    const each = Math.ceil(kernel.length / threads);
    const partial = program.buffer();
    program.kernel(partial, [threads], each, (text) => {
      const index = `this.thread.x + k * ${threads}`;
      const condition = `${index} < ${kernel.length}`;
      return reduction(fn, each, () => compute(text, body, value, kernel.length, index), condition);
    });
    program.kernel(offset, [1], threads, (text) =>
      reduction(fn, threads, (index) => ({ statements: [], result: text.at(partial, index) })),
    );
  }
}

function printStore(program: ProgramText, length: number, body: Instruction[], value: number, offset: number): void {
  program.kernel(offset, [length], 1, (text) => {
    const { statements, result } = compute(text, body, value, length, 'this.thread.x');
    return [...statements, `return ${result};`].map((line) => `  ${line}`).join('\n');
  });
}

export interface Computation {
  statements: string[];
  result: string;
}

/**
 * A reduction over k = 0 … length − 1 as the body of a kernel.
 * @param condition left out where every k counts
 */
export function reduction(
  fn: 'sum' | 'min' | 'max',
  length: number,
  value: (index: string) => Computation,
  condition?: string,
): string {
  const { statements, result } = value('k');
  const next = fn === 'sum' ? `total = total + ${result};` : `total = Math.${fn}(total, ${result});`;
  const first = { sum: '0', min: '3.4028234663852886e38', max: '(-3.4028234663852886e38)' }[fn];
  const inner = [...statements, next].map((line) => `    ${line}`);
  const guarded = condition ? [`    if (${condition}) {`, ...inner, '    }'] : inner;
  return [
    `  let total = ${first};`,
    `  for (let k = 0; k < ${length}; k++) {`,
    ...guarded,
    '  }',
    '  return total;',
  ].join('\n');
}

/** The value of one instruction at an index, with what comes before it. */
function compute(text: KernelText, body: Instruction[], value: number, length: number, index: string): Computation {
  const needed = new Set<number>();
  const need = (id: number) => {
    if (needed.has(id)) return;
    needed.add(id);
    operandsOf(body[id]).forEach(need);
  };
  need(value);
  const name = (id: number): string => {
    const instruction = body[id];
    return instruction.op === 'literal' ? printLiteral(instruction.value) : `v${id}`;
  };
  const statements = body.flatMap((instruction, id) => {
    if (!needed.has(id) || instruction.op === 'literal') return [];
    return [`const v${id} = ${printInstruction(text, instruction, length, index, name)};`];
  });
  return { statements, result: name(value) };
}

function printInstruction(
  text: KernelText,
  instruction: Instruction,
  length: number,
  index: string,
  name: (id: number) => string,
): string {
  switch (instruction.op) {
    case 'load':
      if (instruction.fixed || length === 1) return text.at(instruction.offset, '0');
      return text.at(instruction.offset, index);
    case 'literal':
      return printLiteral(instruction.value);
    case 'unary':
      return printUnary(instruction.fn, name(instruction.a));
    case 'binary':
      return printBinary(instruction.fn, name(instruction.a), name(instruction.b));
    case 'select':
      return `${name(instruction.condition)} !== 0 ? ${name(instruction.a)} : ${name(instruction.b)}`;
  }
}

function operandsOf(instruction: Instruction): number[] {
  switch (instruction.op) {
    case 'load':
    case 'literal':
      return [];
    case 'unary':
      return [instruction.a];
    case 'binary':
      return [instruction.a, instruction.b];
    case 'select':
      return [instruction.condition, instruction.a, instruction.b];
  }
}

/**
 * The body with every value within reach of {@link MAX_INPUTS} buffers: what reads more is computed in parts, each stored
 * by a kernel of its own and loaded by the next.
 */
function splitBody(program: ProgramText, { body, length }: LoopKernel): Instruction[] {
  const split = [...body];
  const reads: Set<number>[] = [];
  const union = (ids: number[]) => new Set(ids.flatMap((id) => [...reads[id]]));
  split.forEach((instruction, id) => {
    if (instruction.op === 'load') {
      reads[id] = new Set([program.isConstant(instruction.offset) ? DATA : instruction.offset]);
      return;
    }
    const operands = operandsOf(instruction);
    while (union(operands).size > MAX_INPUTS) {
      const widest = operands.reduce((a, b) => (reads[b].size > reads[a].size ? b : a));
      const offset = program.buffer();
      printStore(program, length, split, widest, offset);
      split[widest] = { op: 'load', offset, fixed: false };
      reads[widest] = new Set([offset]);
    }
    reads[id] = union(operands);
  });
  return split;
}
