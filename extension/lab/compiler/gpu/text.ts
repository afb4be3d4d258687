/** The text of one program in the making: its kernels, and where each reads its inputs. */
import type { Program } from '../lower/kernels.ts';

/** One GPU.js kernel: a pure function of whole buffers, with one thread for each entry of its result. */
export interface PrintedKernel {
  source: string;
  /** Threads along x, y and z, for one run; the outermost axis grows with the number of runs. */
  output: number[];
  /** The longest loop in it. */
  longestLoop: number;
  /** The buffers that it takes, by offset in the program's arena; {@link DATA} is the one of all constants. */
  inputs: number[];
  /** The buffer that it makes. */
  out: number;
  /** Which kernel of the program it is part of: the parts of one see what was there before it. */
  group: number;
  /** A number that it takes after its buffers, so that one text serves many launches; null without one. */
  pass: number | null;
}

/** Stands for the buffer that holds the constants of all runs, one run after the other. */
export const DATA = -1;
/** Stands for the buffer that holds the index tables of all runs, one run after the other. */
export const TABLES = -2;

/** Words of the arena that live from step to step. */
export interface Region {
  offset: number;
  size: number;
}

/** How many runs a program trains at once: of several, each buffer holds one after the other. */
export type RunAxis = 'one run' | 'many runs';

/** Collects kernels, and what they take from the buffers of constants and tables. */
export class ProgramText {
  private readonly kernels: PrintedKernel[] = [];
  /** The regions of one run's part of the buffer of constants. */
  readonly constants: Region[] = [];
  /** The tables of one run's part of the buffer of tables. */
  readonly tables: Int32Array[] = [];
  private readonly constantAt = new Map<number, number>();
  private readonly tableAt = new Map<string, number>();
  /** Entries that each buffer has for one run. */
  private readonly sizes = new Map<number, number>();
  private constantSize = 0;
  private tableSize = 0;
  private group = 0;
  private readonly ends: number[];
  /** The matrix whose Cholesky factor belongs at an offset. */
  private readonly factored = new Map<number, number>();
  private scratch: number;

  /** @param isConstant whether the words at an offset never change */
  constructor(
    readonly program: Program,
    readonly runs: RunAxis,
    states: readonly Region[],
    readonly isConstant: (offset: number) => boolean,
  ) {
    this.ends = [...new Set(program.offsets.values()), program.words].sort((a, b) => a - b);
    this.scratch = program.words;
    for (const { offset, size } of states) this.sizes.set(offset, size);
  }

  /** Entries of the largest buffer, for one run. */
  get largest(): number {
    return Math.max(this.constantSize, this.tableSize, ...this.sizes.values());
  }

  /** Entries of all buffers together, for one run. */
  get total(): number {
    return [...this.sizes.values()].reduce((sum, size) => sum + size, this.constantSize + this.tableSize);
  }

  /** Begins the next kernel of the program. */
  nextGroup(): void {
    this.group++;
  }

  /** Notes that the Cholesky factor of `a` belongs at `out`: it is only computed with what is solved. */
  factor(out: number, a: number): void {
    this.factored.set(out, a);
  }

  /** The matrix that was factored. */
  matrixOf(factor: number): number {
    const matrix = this.factored.get(factor);
    if (matrix === undefined) throw new Error(`nothing has been factored for ${factor}`);
    return matrix;
  }

  /** A buffer that belongs to no node: the other parts of its kernel see it. */
  buffer(): number {
    return this.scratch++;
  }

  /** Where constant words stand in a run's part of the buffer of constants. */
  constant(offset: number): number {
    const known = this.constantAt.get(offset);
    if (known !== undefined) return known;
    const size = (this.ends.find((end) => end > offset) ?? this.program.words) - offset;
    const at = this.constantSize;
    this.constantAt.set(offset, at);
    this.constants.push({ offset, size });
    this.constantSize += size;
    return at;
  }

  /** Where a table of the program stands, as numbers. */
  table(at: number, length: number): number {
    return this.ownTable(`table ${at} ${length}`, () => this.program.indices.subarray(at, at + length));
  }

  /** A table of one's own, made once for each key. */
  ownTable(key: string, make: () => Int32Array): number {
    const known = this.tableAt.get(key);
    if (known !== undefined) return known;
    const values = make();
    const at = this.tableSize;
    this.tableAt.set(key, at);
    this.tables.push(values);
    this.tableSize += values.length;
    return at;
  }

  /**
   * Adds a kernel.
   * @param output threads along x, y and z, for one run
   * @param print writes the body, reading through the kernel's own text
   * @param pass what `pass` is in it
   */
  kernel(
    out: number,
    output: number[],
    longestLoop: number,
    print: (text: KernelText) => string,
    pass: number | null = null,
  ): void {
    const text = new KernelText(this, output);
    const body = print(text);
    const lines = [...text.prelude, body];
    this.sizes.set(
      out,
      output.reduce((product, length) => product * length, 1),
    );
    const { inputs } = text;
    const names = [...inputs.map(nameOf), ...(pass === null ? [] : ['pass'])];
    const source = `function (${names.join(', ')}) {\n${lines.join('\n')}\n}`;
    const { group } = this;
    this.kernels.push({ source, output, longestLoop: Math.max(1, longestLoop), inputs, out, group, pass });
  }

  /** Entries that a buffer has for one run. */
  sizeOf(buffer: number): number {
    const size = this.sizes.get(buffer);
    if (size === undefined) throw new Error(`nothing has been computed at ${buffer}`);
    return size;
  }

  /** The kernels, with the sizes that are known when all are there. */
  finish(): PrintedKernel[] {
    const fill = (source: string) =>
      source.replaceAll(CONSTANT_SIZE, String(this.constantSize)).replaceAll(TABLE_SIZE, String(this.tableSize));
    return this.kernels.map((kernel) => ({ ...kernel, source: fill(kernel.source) }));
  }
}

/** Stand in a kernel's text for the number of constants of one run, and the length of its tables. */
const CONSTANT_SIZE = '$constants';
const TABLE_SIZE = '$tables';

/** The text of one kernel: remembers which buffers it reads. */
export class KernelText {
  readonly inputs: number[] = [];
  /** The thread's position along the third axis of one run. */
  readonly z: string;
  /** What comes before the body. */
  readonly prelude: string[] = [];
  /** The number of the run; null where there is but one. */
  private readonly run: string | null;

  /** @param output threads along x, y and z, for one run */
  constructor(
    private readonly program: ProgramText,
    output: readonly number[],
  ) {
    this.z = 'this.thread.z';
    this.run = program.runs === 'one run' ? null : ['this.thread.y', 'this.thread.z', 'run'][output.length - 1];
    if (this.run === 'run') {
      // The third axis holds run after run. Half a step from the border a division that is not exact does no harm.
      this.z = 'z';
      this.prelude.push(`  const run = Math.floor((this.thread.z + 0.5) / ${output[2]});`);
      this.prelude.push(`  const z = this.thread.z - run * ${output[2]};`);
    }
  }

  /** The entry at `index` of the words that begin at `offset`. */
  at(offset: number, index: string): string {
    const { program, run } = this;
    if (!program.isConstant(offset)) return this.read(offset, run && `${run} * ${program.sizeOf(offset)}`, index);
    const base = program.constant(offset);
    const where = base === 0 ? index : `${base} + ${index}`;
    return this.read(DATA, run && `${run} * ${CONSTANT_SIZE}`, where);
  }

  /** The entry at `index` of a table that starts at `base` of the tables. */
  table(base: number, index: string): string {
    return this.read(TABLES, this.run && `${this.run} * ${TABLE_SIZE}`, base === 0 ? index : `${base} + ${index}`);
  }

  private read(buffer: number, base: string | null, index: string): string {
    let position = this.inputs.indexOf(buffer);
    if (position < 0) position = this.inputs.push(buffer) - 1;
    return `${nameOf(buffer, position)}[${base === null ? index : `${base} + ${index}`}]`;
  }
}

function nameOf(buffer: number, position: number): string {
  if (buffer === DATA) return 'data';
  return buffer === TABLES ? 'tables' : `b${position}`;
}
