/** The text of one program in the making: its kernels, and where each reads its inputs. */
import type { Program } from '../lower/kernels.ts';

/** One GPU.js kernel: a pure function of whole buffers, with one thread for each entry of its result. */
export interface PrintedKernel {
  source: string;
  output: number[];
  /** The longest loop in it. */
  longestLoop: number;
  /** The buffers that it takes, by offset in the program's arena; {@link DATA} is the one of all constants. */
  inputs: number[];
  /** The buffer that it makes. */
  out: number;
  /** Which kernel of the program it is part of: the parts of one see what was there before it. */
  group: number;
}

/** Stands for the buffer that holds all constants and index tables. */
export const DATA = -1;

/** Part of the buffer of constants. */
export type DataPart = { kind: 'words'; offset: number; size: number } | { kind: 'table'; values: Int32Array };

/** Collects kernels, and what they take from the buffer of constants. */
export class ProgramText {
  readonly kernels: PrintedKernel[] = [];
  readonly parts: DataPart[] = [];
  private readonly partAt = new Map<string, number>();
  private dataSize = 0;
  private group = 0;
  private readonly ends: number[];
  private scratch: number;

  /** @param isConstant whether the words at an offset never change */
  constructor(
    readonly program: Program,
    readonly isConstant: (offset: number) => boolean,
  ) {
    this.ends = [...new Set(program.offsets.values()), program.words].sort((a, b) => a - b);
    this.scratch = program.words;
  }

  /** Begins the next kernel of the program. */
  nextGroup(): void {
    this.group++;
  }

  /** A buffer that belongs to no node: the other parts of its kernel see it. */
  buffer(): number {
    return this.scratch++;
  }

  /** Where constant words stand in the buffer of constants. */
  constant(offset: number): number {
    const size = (this.ends.find((end) => end > offset) ?? this.program.words) - offset;
    return this.part(`words ${offset}`, { kind: 'words', offset, size }, size);
  }

  /** Where a table of the program stands, as numbers. */
  table(at: number, length: number): number {
    const values = this.program.indices.subarray(at, at + length);
    return this.part(`table ${at} ${length}`, { kind: 'table', values }, length);
  }

  /** A table of one's own, made once for each key. */
  ownTable(key: string, make: () => Int32Array): number {
    const known = this.partAt.get(key);
    if (known !== undefined) return known;
    const values = make();
    return this.part(key, { kind: 'table', values }, values.length);
  }

  /**
   * Adds a kernel.
   * @param print writes the body, reading through the kernel's own text
   */
  kernel(out: number, output: number[], longestLoop: number, print: (text: KernelText) => string): void {
    const text = new KernelText(this);
    const body = print(text);
    const names = text.inputs.map(nameOf);
    const source = `function (${names.join(', ')}) {\n${body}\n}`;
    const { inputs } = text;
    this.kernels.push({ source, output, longestLoop: Math.max(1, longestLoop), inputs, out, group: this.group });
  }

  private part(key: string, part: DataPart, size: number): number {
    const known = this.partAt.get(key);
    if (known !== undefined) return known;
    const at = this.dataSize;
    this.partAt.set(key, at);
    this.parts.push(part);
    this.dataSize += size;
    return at;
  }
}

/** The text of one kernel: remembers which buffers it reads. */
export class KernelText {
  readonly inputs: number[] = [];

  constructor(private readonly program: ProgramText) {}

  /** The entry at `index` of the words that begin at `offset`. */
  at(offset: number, index: string): string {
    if (!this.program.isConstant(offset)) return this.read(offset, 0, index);
    return this.read(DATA, this.program.constant(offset), index);
  }

  /** The entry at `index` of a table that starts at `base` of the constants. */
  table(base: number, index: string): string {
    return this.read(DATA, base, index);
  }

  private read(buffer: number, base: number, index: string): string {
    let position = this.inputs.indexOf(buffer);
    if (position < 0) position = this.inputs.push(buffer) - 1;
    const where = base === 0 ? index : `${base} + ${index}`;
    return `${nameOf(buffer, position)}[${where}]`;
  }
}

function nameOf(buffer: number, position: number): string {
  return buffer === DATA ? 'data' : `b${position}`;
}
