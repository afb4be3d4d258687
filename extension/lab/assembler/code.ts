/** Writes the body of one function: locals by number, instructions by name, loops by their index. */

import { f64, float64, i32, signed, unsigned, type ValueType, v128 } from './encoder.ts';
import { hasFusedMultiplyAdd, relaxedMultiplyAdd, relaxedMultiplySubtract } from './fused.ts';

/** Instructions without immediate operands, by the names of the WebAssembly text format. */
const plain = {
  'i32.eqz': [0x45],
  'i32.eq': [0x46],
  'i32.lt_s': [0x48],
  'i32.lt_u': [0x49],
  'i32.gt_u': [0x4b],
  'i32.le_s': [0x4c],
  'i32.add': [0x6a],
  'i32.sub': [0x6b],
  'i32.mul': [0x6c],
  'i32.and': [0x71],
  'i32.shl': [0x74],
  'f64.add': [0xa0],
  'f64.mul': [0xa2],
  'f64.sub': [0xa1],
  'f64.div': [0xa3],
  'f64.sqrt': [0x9f],
  'f64.gt': [0x64],
  select: [0x1b],
  'f64x2.splat': [0xfd, 0x14],
  'f64x2.eq': [0xfd, 0x47],
  'f64x2.ne': [0xfd, 0x48],
  'f64x2.lt': [0xfd, 0x49],
  'f64x2.gt': [0xfd, 0x4a],
  'f64x2.le': [0xfd, 0x4b],
  'f64x2.ge': [0xfd, 0x4c],
  'v128.and': [0xfd, 0x4e],
  'v128.or': [0xfd, 0x50],
  'v128.bitselect': [0xfd, 0x52],
  'f64x2.ceil': [0xfd, 0x74],
  'f64x2.floor': [0xfd, 0x75],
  'f64x2.trunc': [0xfd, 0x7a],
  'i64x2.shl': [0xfd, 0xcb, 0x01],
  'i64x2.shr_s': [0xfd, 0xcc, 0x01],
  'i64x2.add': [0xfd, 0xce, 0x01],
  'i64x2.sub': [0xfd, 0xd1, 0x01],
  'f64x2.abs': [0xfd, 0xec, 0x01],
  'f64x2.neg': [0xfd, 0xed, 0x01],
  'f64x2.sqrt': [0xfd, 0xef, 0x01],
  'f64x2.add': [0xfd, 0xf0, 0x01],
  'f64x2.sub': [0xfd, 0xf1, 0x01],
  'f64x2.mul': [0xfd, 0xf2, 0x01],
  'f64x2.div': [0xfd, 0xf3, 0x01],
  'f64x2.min': [0xfd, 0xf4, 0x01],
  'f64x2.max': [0xfd, 0xf5, 0x01],
  'f64x2.pmin': [0xfd, 0xf6, 0x01],
  'f64x2.pmax': [0xfd, 0xf7, 0x01],
} as const;

/** Instructions with an address and a constant offset in bytes. */
const memory = {
  'i32.load': { code: [0x28], align: 2 },
  'f64.load': { code: [0x2b], align: 3 },
  'f64.store': { code: [0x39], align: 3 },
  'v128.load': { code: [0xfd, 0x00], align: 3 },
  'v128.load64_splat': { code: [0xfd, 0x0a], align: 3 },
  'v128.load64_zero': { code: [0xfd, 0x5d], align: 3 },
  'v128.store': { code: [0xfd, 0x0b], align: 3 },
} as const;

export type PlainOp = keyof typeof plain;
export type MemoryOp = keyof typeof memory;

/** The functions of a module that are not exported. */
export interface Functions {
  /** Returns the index by which it is called. */
  add(code: Code): number;
}

export class Code {
  readonly bytes: number[] = [];
  readonly locals: ValueType[] = [];

  /** @param functions where functions of their own are put that this one calls */
  constructor(
    readonly parameterCount: number,
    private readonly functions: Functions,
  ) {}

  /**
   * Defines a function with so many integers as parameters, which are its first locals. An engine optimizes a function
   * while it runs, but takes the optimized code only when the function is called again: long work is split into calls.
   * @returns calls it with the integers in the given locals
   */
  procedure(parameterCount: number, body: (code: Code) => void): (...locals: number[]) => void {
    const code = new Code(parameterCount, this.functions);
    body(code);
    const index = this.functions.add(code);
    return (...locals) => {
      for (const local of locals) this.get(local);
      this.call(index);
    };
  }

  /** A new local. */
  local(type: ValueType): number {
    return this.parameterCount + this.locals.push(type) - 1;
  }

  vector(): number {
    return this.local(v128);
  }

  integer(): number {
    return this.local(i32);
  }

  double(): number {
    return this.local(f64);
  }

  get(local: number): this {
    return this.push(0x20, ...unsigned(local));
  }

  set(local: number): this {
    return this.push(0x21, ...unsigned(local));
  }

  tee(local: number): this {
    return this.push(0x22, ...unsigned(local));
  }

  int(value: number): this {
    return this.push(0x41, ...signed(value));
  }

  /** The same number in both lanes. */
  splat(value: number): this {
    const lane = float64(value);
    return this.push(0xfd, 0x0c, ...lane, ...lane);
  }

  /** The same 64 bits in both lanes. */
  bits(value: bigint): this {
    const lane = [...new Uint8Array(BigInt64Array.of(BigInt.asIntN(64, value)).buffer)];
    return this.push(0xfd, 0x0c, ...lane, ...lane);
  }

  op(...names: PlainOp[]): this {
    for (const name of names) this.push(...plain[name]);
    return this;
  }

  /** The address is on the stack; `offset` is in bytes. */
  at(name: MemoryOp, offset: number): this {
    const { code, align } = memory[name];
    return this.push(...code, align, ...unsigned(offset));
  }

  /** On the stack: the low 32 bits of a lane of two. */
  lowHalf(vectorLocal: number, lane: 0 | 1): this {
    return this.get(vectorLocal).push(0xfd, 0x1b, 2 * lane);
  }

  /** Stores lane 0 of the vector on the stack. */
  storeLane(offset: number): this {
    return this.push(0xfd, 0x5b, 3, ...unsigned(offset), 0);
  }

  /** a · b + c of the three vectors on the stack, rounded once: only where {@link hasFusedMultiplyAdd}. */
  fusedPlus(): this {
    return this.push(...relaxedMultiplyAdd);
  }

  /** c − a · b of the three vectors on the stack, rounded once: only where {@link hasFusedMultiplyAdd}. */
  fusedMinus(): this {
    return this.push(...relaxedMultiplySubtract);
  }

  /** Adds the product of the two vectors on the stack to a sum in a local. */
  multiplyAdd(sum: number): this {
    if (hasFusedMultiplyAdd()) this.get(sum).fusedPlus();
    else this.op('f64x2.mul').get(sum).op('f64x2.add');
    return this.set(sum);
  }

  /** Multiplies the vector on the stack by a local, and adds a number to the product. */
  timesPlus(factor: number, addend: number): this {
    this.get(factor);
    if (hasFusedMultiplyAdd()) return this.splat(addend).fusedPlus();
    return this.op('f64x2.mul').splat(addend).op('f64x2.add');
  }

  /** Subtracts a multiple of a local from the vector on the stack. */
  minusTimes(local: number, factor: number): this {
    if (!hasFusedMultiplyAdd()) return this.get(local).splat(factor).op('f64x2.mul', 'f64x2.sub');
    const from = this.vector();
    return this.set(from).get(local).splat(factor).get(from).fusedMinus();
  }

  extract(lane: 0 | 1): this {
    return this.push(0xfd, 0x21, lane);
  }

  replace(lane: 0 | 1): this {
    return this.push(0xfd, 0x22, lane);
  }

  /** Lane 1 to lane 0. */
  high(vectorLocal: number): this {
    this.get(vectorLocal).get(vectorLocal);
    return this.push(0xfd, 0x0d, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15);
  }

  /** The same lane of the two vectors on the stack, side by side. */
  pair(lane: 0 | 1): this {
    const bytes = Array.from({ length: 8 }, (_, byte) => 8 * lane + byte);
    return this.push(0xfd, 0x0d, ...bytes, ...bytes.map((byte) => 16 + byte));
  }

  call(index: number): this {
    return this.push(0x10, ...unsigned(index));
  }

  /** Runs `body` while `index` goes from `start` to below `end` in steps of `step`; at least once. */
  loop(index: number, start: number, end: number, step: number, body: () => void): this {
    this.int(start).set(index);
    if (start + step >= end) {
      body();
      return this;
    }
    this.push(0x03, 0x40);
    body();
    this.get(index).int(step).op('i32.add').tee(index).int(end).op('i32.lt_u');
    return this.push(0x0d, 0x00, 0x0b);
  }

  /** Runs `body` while `index` goes from 0 to below the local `end`, which is at least `step`. */
  loopTo(index: number, end: number, step: number, body: () => void): this {
    return this.int(0).set(index).continueTo(index, end, step, body);
  }

  /** Runs `body` while `index` goes from its present value to below the local `end`, at least once. */
  continueTo(index: number, end: number, step: number, body: () => void): this {
    this.push(0x03, 0x40);
    body();
    this.get(index).int(step).op('i32.add').tee(index).get(end).op('i32.lt_u');
    return this.push(0x0d, 0x00, 0x0b);
  }

  /**
   * Runs `body` while `index` goes from its present value to below the local `end` in steps of `step`, possibly zero
   * times; a remainder shorter than a step is left.
   */
  while(index: number, end: number, step: number, body: () => void): this {
    this.push(0x02, 0x40, 0x03, 0x40);
    this.get(index).int(step).op('i32.add').get(end).op('i32.le_s', 'i32.eqz').push(0x0d, 0x01);
    body();
    this.get(index).int(step).op('i32.add').set(index);
    return this.push(0x0c, 0x00, 0x0b, 0x0b);
  }

  /** Runs `body` while `index` goes from its present value to below the local `end`, possibly zero times. */
  upTo(index: number, end: number, step: number, body: () => void): this {
    this.push(0x02, 0x40, 0x03, 0x40);
    this.get(index).get(end).op('i32.lt_u', 'i32.eqz').push(0x0d, 0x01);
    body();
    this.get(index).int(step).op('i32.add').set(index);
    return this.push(0x0c, 0x00, 0x0b, 0x0b);
  }

  /** Leaves the innermost loop of {@link while} or {@link upTo} if the number on the stack is not 0. */
  leaveIf(): this {
    return this.push(0x0d, 0x01);
  }

  /** Runs `body` if the number on the stack is not 0, otherwise `other`. */
  if(body: () => void, other?: () => void): this {
    this.push(0x04, 0x40);
    body();
    if (other) {
      this.push(0x05);
      other();
    }
    return this.push(0x0b);
  }

  /** On the stack: the smaller of two integers in locals. */
  least(a: number, b: number): this {
    return this.get(a).get(b).get(a).get(b).op('i32.lt_u', 'select');
  }

  double64(value: number): this {
    return this.push(0x44, ...float64(value));
  }

  /** Runs `body` as often as the parameter `count` says. */
  repeat(count: number, body: () => void): this {
    const index = this.integer();
    this.push(0x02, 0x40).get(count).op('i32.eqz').push(0x0d, 0x00);
    this.push(0x03, 0x40);
    body();
    this.get(index).int(1).op('i32.add').tee(index).get(count).op('i32.lt_u').push(0x0d, 0x00, 0x0b, 0x0b);
    return this;
  }

  private push(...bytes: number[]): this {
    for (const byte of bytes) this.bytes.push(byte);
    return this;
  }
}
