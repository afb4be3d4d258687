/**
 * Work of a program that several threads may share: functions of their own, in a module for each thread, because each
 * thread needs scratch of its own. Which thread computes which rows changes no bit.
 */
import { Code } from '../../assembler/code.ts';
import { encodeModule, type WasmFunction } from '../../assembler/encoder.ts';
import { functionOf } from '../../assembler/functions.ts';

/** The parameters of a shared function: a number for all parts, and the first row of a part and its end. */
const PARAMETERS = 3;

/** @param scratch byte offset of the scratch of the thread */
type EncodePart = (code: Code, scratch: number) => void;

export class Shares {
  /** Rows of a part, by the number of the function. */
  readonly heights: number[] = [];
  private readonly encoders: EncodePart[] = [];

  /**
   * @param share index of the imported function that shares work: (function, argument, rows)
   * @param threads how many there are at most
   */
  constructor(
    private readonly share: number,
    readonly threads: number,
  ) {}

  /**
   * Defines shared work.
   * @param height rows of a part
   * @param locals of the caller: the argument, and the number of rows
   * @returns writes the call
   */
  add(
    height: number,
    encode: EncodePart,
    { argument, count }: { argument: number; count: number },
  ): (code: Code) => void {
    const number = this.encoders.push(encode) - 1;
    this.heights.push(height);
    return (code) => {
      code.int(number).get(argument).get(count).call(this.share);
    };
  }

  /**
   * The module of one thread, which exports each function under its number.
   * @param pages of the shared memory
   */
  moduleFor(scratch: number, pages: number): Uint8Array<ArrayBuffer> {
    const parts: Code[] = [];
    const library = { add: (code: Code) => this.encoders.length + parts.push(code) - 1 };
    const exported = this.encoders.map((encode, number): WasmFunction => {
      const code = new Code(PARAMETERS, library);
      encode(code, scratch);
      return { ...functionOf(code), exported: String(number) };
    });
    return encodeModule([], [...exported, ...parts.map(functionOf)], pages);
  }
}

/** Rows that a function computes: locals with the first one and the end. */
export interface Rows {
  first: number;
  end: number;
}

/**
 * Writes work on all rows: in this thread, or in parts that several share.
 * @param height rows of a part
 * @param encode writes the work on some of them, with the scratch of the thread that does it
 * @param scratch byte offset of the scratch of this thread, if the work needs any
 */
export function encodeInParts(
  c: Code,
  shares: Shares | null,
  { rows, height }: { rows: number; height: number },
  encode: (code: Code, rows: Rows, scratch: number) => void,
  scratch = 0,
): void {
  const [first, end] = [c.integer(), c.integer()];
  c.int(0).set(first).int(rows).set(end);
  if (!shares) {
    encode(c, { first, end }, scratch);
    return;
  }
  const part: EncodePart = (code, own) => encode(code, { first: 1, end: 2 }, own);
  shares.add(height, part, { argument: first, count: end })(c);
}
