/** Prints fused loops: two entries at a time, and a last single one where the length is odd. */

import type { Code, PlainOp } from '../../assembler/code.ts';
import { type BinaryFunction, binaryFunctions, type UnaryFunction, unaryFunctions } from '../functions.ts';
import type { Instruction, LoopKernel } from '../lower/kernels.ts';
import { type FunctionTables, vectorFunctions } from './mathematics.ts';
import { encodeInParts, type Rows, type Shares } from './shares.ts';

/** The index of an imported JavaScript function of one or two numbers. */
export type Callee = (fn: UnaryFunction | BinaryFunction) => number;

/** What loops need besides the code they are written to. */
export interface LoopSurroundings {
  callee: Callee;
  tables: FunctionTables;
}

/** Functions of the graph that are called in JavaScript, lane by lane. */
export function scalarImplementation(fn: UnaryFunction | BinaryFunction): (a: number, b: number) => number {
  return fn in unaryFunctions ? unaryFunctions[fn as UnaryFunction].value : binaryFunctions[fn as BinaryFunction].value;
}

/** Entries times instructions from which threads share a loop: it takes half a millisecond or so, a round of threads less. */
const LONG = 2 ** 20;
/** Parts that threads share. */
const PARTS = 16;

/** Whether a loop is worth sharing: a long one without sums and without functions that are called in JavaScript. */
export function isLong({ length, body, reductions }: LoopKernel): boolean {
  const isCalled = (one: Instruction) => (one.op === 'unary' || one.op === 'binary') && !isInline(one.fn);
  return length * body.length >= LONG && reductions.length === 0 && !body.some(isCalled);
}

/** @param shares where work for several threads is put; null for one thread */
export function encodeLoop(c: Code, kernel: LoopKernel, surroundings: LoopSurroundings, shares: Shares | null): void {
  const { reductions, length } = kernel;
  const sums = reductions.map(() => c.vector());
  const { index, encodeRound } = entriesOf(c, kernel, surroundings);
  const pairs = Math.floor(length / 2);
  const accumulate = (values: readonly number[]) => {
    reductions.forEach(({ fn, value }, r) => {
      c.get(sums[r]).get(values[value]).op(reducer(fn)).set(sums[r]);
    });
  };
  reductions.forEach(({ fn }, r) => {
    c.splat({ sum: 0, min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY }[fn]).set(sums[r]);
  });
  if (shares) encodeInParts(c, shares, { rows: pairs, height: Math.ceil(pairs / PARTS) }, encodePairs);
  else if (pairs > 0) c.loop(index, 0, 16 * pairs, 16, () => accumulate(encodeRound(2)));
  // The two lanes together.
  reductions.forEach(({ fn }, r) => {
    c.get(sums[r]).high(sums[r]).op(reducer(fn)).set(sums[r]);
  });
  if (length % 2 === 1) {
    c.int(16 * pairs).set(index);
    accumulate(encodeRound(1));
  }
  reductions.forEach(({ offset }, r) => {
    c.int(0)
      .get(sums[r])
      .storeLane(8 * offset);
  });

  function encodePairs(code: Code, { first, end }: Rows): void {
    const part = entriesOf(code, kernel, surroundings);
    const last = code.integer();
    code.get(first).int(4).op('i32.shl').set(part.index);
    code.get(end).int(4).op('i32.shl').set(last);
    code.upTo(part.index, last, 16, () => void part.encodeRound(2));
  }
}

interface Entries {
  /** Local: eight times the position of an entry. */
  index: number;
  /** Computes the entry there, or two of them. @returns the locals of all values */
  encodeRound(width: 1 | 2): readonly number[];
}

/** Writes what all entries have in common. */
function entriesOf(c: Code, kernel: LoopKernel, surroundings: LoopSurroundings): Entries {
  const values = kernel.body.map(() => c.vector());
  const index = c.integer();
  // Loop-invariant values stay in their locals.
  kernel.body.forEach((instruction, id) => {
    if (instruction.op === 'literal') c.splat(instruction.value).set(values[id]);
    else if (instruction.op === 'load' && instruction.fixed)
      c.int(0)
        .at('v128.load64_splat', 8 * instruction.offset)
        .set(values[id]);
  });
  const encodeRound = (width: 1 | 2) => {
    kernel.body.forEach((instruction, id) => {
      if (instruction.op === 'literal' || (instruction.op === 'load' && instruction.fixed)) return;
      encodeInstruction(c, instruction, values, index, width, surroundings);
      c.set(values[id]);
    });
    for (const { value, offset } of kernel.stores) {
      c.get(index).get(values[value]);
      if (width === 2) c.at('v128.store', 8 * offset);
      else c.storeLane(8 * offset);
    }
    return values;
  };
  return { index, encodeRound };
}

function reducer(fn: 'sum' | 'min' | 'max'): PlainOp {
  return fn === 'sum' ? 'f64x2.add' : `f64x2.${fn}`;
}

type EncodeUnary = (c: Code, a: number, tables: FunctionTables) => void;
type EncodeBinary = (c: Code, a: number, b: number) => void;

const plain =
  (op: PlainOp): EncodeUnary =>
  (c, a) => {
    c.get(a).op(op);
  };
const plainOfTwo =
  (op: PlainOp): EncodeBinary =>
  (c, a, b) => {
    c.get(a).get(b).op(op);
  };
const relation =
  (op: PlainOp): EncodeBinary =>
  (c, a, b) => {
    c.get(a).get(b).op(op);
    truth(c);
  };
const connective =
  (op: 'v128.and' | 'v128.or'): EncodeBinary =>
  (c, a, b) => {
    c.get(a).splat(0).op('f64x2.ne').get(b).splat(0).op('f64x2.ne', op);
    truth(c);
  };

/** The functions that are computed in WebAssembly; all others are called in JavaScript. */
const inlineUnary: Partial<Record<UnaryFunction, EncodeUnary>> = {
  negate: plain('f64x2.neg'),
  sqrt: plain('f64x2.sqrt'),
  abs: plain('f64x2.abs'),
  floor: plain('f64x2.floor'),
  ceil: plain('f64x2.ceil'),
  trunc: plain('f64x2.trunc'),
  not(c, a) {
    c.get(a).splat(0).op('f64x2.eq');
    truth(c);
  },
  ...vectorFunctions,
};

const inlineBinary: Partial<Record<BinaryFunction, EncodeBinary>> = {
  add: plainOfTwo('f64x2.add'),
  subtract: plainOfTwo('f64x2.sub'),
  multiply: plainOfTwo('f64x2.mul'),
  divide: plainOfTwo('f64x2.div'),
  min: plainOfTwo('f64x2.min'),
  max: plainOfTwo('f64x2.max'),
  less: relation('f64x2.lt'),
  lessEqual: relation('f64x2.le'),
  greater: relation('f64x2.gt'),
  greaterEqual: relation('f64x2.ge'),
  equal: relation('f64x2.eq'),
  notEqual: relation('f64x2.ne'),
  and: connective('v128.and'),
  or: connective('v128.or'),
  guardedMultiply(c, a, b) {
    // 0 where a is 0, otherwise the product: the mask of a ≠ 0 over its bits.
    c.get(a).get(b).op('f64x2.mul').get(a).splat(0).op('f64x2.ne', 'v128.and');
  },
};

/** Whether a function is computed in WebAssembly itself. */
export function isInline(fn: UnaryFunction | BinaryFunction): boolean {
  return Object.hasOwn(inlineUnary, fn) || Object.hasOwn(inlineBinary, fn);
}

function encodeInstruction(
  c: Code,
  instruction: Instruction,
  values: number[],
  index: number,
  width: 1 | 2,
  surroundings: LoopSurroundings,
): void {
  switch (instruction.op) {
    case 'load':
      c.get(index).at(width === 2 ? 'v128.load' : 'v128.load64_zero', 8 * instruction.offset);
      return;
    case 'unary':
      encodeUnary(c, instruction.fn, values[instruction.a], surroundings);
      return;
    case 'binary':
      encodeBinary(c, instruction.fn, values[instruction.a], values[instruction.b], surroundings);
      return;
    case 'select':
      // A condition that is NaN counts as true, as in JavaScript's `!== 0`.
      c.get(values[instruction.a])
        .get(values[instruction.b])
        .get(values[instruction.condition])
        .splat(0)
        .op('f64x2.ne', 'v128.bitselect');
      return;
    case 'literal':
      return;
  }
}

/** The mask on the stack as 1 or 0. */
function truth(c: Code): void {
  c.splat(1).op('v128.and');
}

function encodeUnary(c: Code, fn: UnaryFunction, a: number, { callee, tables }: LoopSurroundings): void {
  const inline = inlineUnary[fn];
  if (inline) {
    inline(c, a, tables);
    return;
  }
  const index = callee(fn);
  c.get(a).extract(0).call(index).op('f64x2.splat').get(a).extract(1).call(index).replace(1);
}

function encodeBinary(c: Code, fn: BinaryFunction, a: number, b: number, { callee }: LoopSurroundings): void {
  const inline = inlineBinary[fn];
  if (inline) {
    inline(c, a, b);
    return;
  }
  const index = callee(fn);
  c.get(a).extract(0).get(b).extract(0).call(index).op('f64x2.splat');
  c.get(a).extract(1).get(b).extract(1).call(index).replace(1);
}
