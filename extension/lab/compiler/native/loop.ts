/** Prints fused loops as C. Long ones are divided into parts of fixed lengths, which threads share. */
import type { Reduction } from '../graph.ts';
import type { Instruction, LoopKernel } from '../lower/kernels.ts';
import { printBinary, printUnary } from './scalars.ts';

/** Entries from which a loop is divided, and the least and the greatest number of its parts. */
const LONG = 32_768;
const PART = 8192;
const MOST_PARTS = 512;

/** The body of a kernel, and what stands before its function. */
export function printLoop(kernel: LoopKernel, name: string): { before: string; body: string } {
  const { length, reductions } = kernel;
  if (length < LONG) {
    const sums = reductions.map(({ offset }, r) => `  m[${offset}] = r${r};`);
    return { before: '', body: [...loopLines(kernel, '0', String(length)), ...sums].join('\n') };
  }
  const part = Math.max(PART, Math.ceil(length / MOST_PARTS));
  const parts = Math.ceil(length / part);
  const partial = (r: number) => `t->partial[part * ${reductions.length} + ${r}]`;
  const before = `typedef struct { double *m; double *partial; } ${name}_task;
static void ${name}_part(void *task, long part) {
  const ${name}_task *t = task;
  double *m = t->m;
  const long first = part * ${part}, last = least(${length}, first + ${part});
${loopLines(kernel, 'first', 'last').join('\n')}
${reductions.map((_, r) => `  ${partial(r)} = r${r};`).join('\n')}
}
`;
  const body = `  double partial[${Math.max(1, parts * reductions.length)}];
  ${name}_task t = {m, partial};
  share(threads, ${parts}, ${name}_part, &t);
${reductions
  .map(
    ({ fn, offset }, r) =>
      `  double r${r} = ${identityOf(fn)};\n  for (long p = 0; p < ${parts}; p++) ${accumulated(fn, `r${r}`, `partial[p * ${reductions.length} + ${r}]`)};\n  m[${offset}] = r${r};`,
  )
  .join('\n')}`;
  return { before, body };
}

/** The loop from one index to another; its reductions end in r0, r1, … */
function loopLines(kernel: LoopKernel, from: string, to: string): string[] {
  const { length, body, stores, reductions } = kernel;
  const at = (offset: number) => (length === 1 ? `m[${offset}]` : `m[${offset} + i]`);
  const isFixed = (instruction: Instruction) => instruction.op === 'load' && instruction.fixed;
  const name = (id: number) => {
    const instruction = body[id]!;
    return instruction.op === 'literal' ? printNumber(instruction.value) : `v${id}`;
  };
  const fixed = body.flatMap((one, id) =>
    one.op === 'load' && one.fixed ? [`  const double v${id} = m[${one.offset}];`] : [],
  );
  const lines = body.flatMap((one, id) =>
    one.op === 'literal' || isFixed(one) ? [] : [`    const double v${id} = ${printInstruction(one, at, name)};`],
  );
  lines.push(...stores.map(({ value, offset }) => `    ${at(offset)} = ${name(value)};`));
  lines.push(...reductions.map(({ fn, value }, r) => `    ${accumulated(fn, `r${r}`, name(value))};`));
  const sums = reductions.map(({ fn }, r) => `  double r${r} = ${identityOf(fn)};`);
  if (length === 1) return [...fixed, ...sums, ...lines];
  const added = reductions.flatMap(({ fn }, r) => (fn === 'sum' ? [`r${r}`] : []));
  // Lanes may sum and be added at the end; a least or greatest number keeps the order, because of NaN.
  const isVector = added.length === reductions.length;
  const pragma = `#pragma omp simd${added.length > 0 ? ` reduction(+ : ${added.join(', ')})` : ''}`;
  return [
    ...[...fixed, ...sums, ...(isVector ? [pragma] : [])],
    ...[`  for (long i = ${from}; i < ${to}; i++) {`, ...lines, '  }'],
  ];
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
      return printNumber(instruction.value);
    case 'unary':
      return printUnary(instruction.fn, name(instruction.a));
    case 'binary':
      return printBinary(instruction.fn, name(instruction.a), name(instruction.b));
    case 'select':
      return `${name(instruction.condition)} != 0 ? ${name(instruction.a)} : ${name(instruction.b)}`;
  }
}

/** Where a reduction begins. */
export function identityOf(fn: Reduction): string {
  return { sum: '0', min: 'INFINITY', max: '-INFINITY' }[fn];
}

export function accumulated(fn: Reduction, into: string, value: string): string {
  return fn === 'sum' ? `${into} += ${value}` : `${into} = f_${fn}(${into}, ${value})`;
}

/** A number as an expression of C that can stand behind any operator. */
function printNumber(value: number): string {
  if (Number.isNaN(value)) return '(double)NAN';
  if (!Number.isFinite(value)) return value > 0 ? '(double)INFINITY' : '(-(double)INFINITY)';
  const text = Object.is(value, -0) ? '-0' : String(value);
  const decimal = /[.e]/.test(text) ? text : `${text}.0`;
  return decimal.startsWith('-') ? `(${decimal})` : decimal;
}
