/** The memory of the kernels: padded matrices in that of WebAssembly. */
import { hasFusedMultiplyAdd } from '../assembler/fused.ts';
import { GROUP, type Kernels, kernelsOn, type Rounding, WIDTH } from './kernels.ts';

const PAGE = 65536;
/** Pages that are kept for the next decomposition, at most: 64 MiB. */
const MOST_KEPT = 1024;

/** A matrix in the workspace, whose rows and columns are padded with zeros. */
export interface Rows {
  /** The address of its first row, in bytes. */
  at: number;
  count: number;
  length: number;
  /** From one row to the next, in numbers. */
  stride: number;
}

interface Room {
  memory: WebAssembly.Memory;
  kernels: Partial<Record<Rounding, Kernels>>;
}

let kept: Room | null = null;

/** One at a time in each thread: the next one takes the same memory. */
export class Workspace {
  readonly kernels: Kernels;
  readonly numbers: Float64Array;
  private used = 0;

  /**
   * @param shapes the matrices that it will hold, as [rows, columns]
   * @param wanted how products are added: fused only where WebAssembly can
   */
  constructor(shapes: readonly (readonly [number, number])[], wanted: Rounding = 'portable') {
    const words = shapes.reduce((sum, [count, length]) => sum + paddedRows(count) * padded(length), 0);
    const pages = Math.max(1, Math.ceil((8 * words) / PAGE));
    const room: Room = kept ?? { memory: new WebAssembly.Memory({ initial: 1 }), kernels: {} };
    const { memory, kernels } = room;
    const missing = pages - memory.buffer.byteLength / PAGE;
    if (missing > 0) memory.grow(missing);
    kept = pages > MOST_KEPT ? null : room;
    const rounding = hasFusedMultiplyAdd() ? wanted : 'portable';
    this.kernels = kernels[rounding] ??= kernelsOn(memory, rounding);
    this.numbers = new Float64Array(memory.buffer, 0, words);
    this.numbers.fill(0);
  }

  /** The next matrix, filled with zeros. */
  rows(count: number, length: number): Rows {
    const rows = { at: 8 * this.used, count, length, stride: padded(length) };
    this.used += paddedRows(count) * rows.stride;
    return rows;
  }

  /** A row, as a view without its padding. */
  row({ at, length, stride }: Rows, i: number): Float64Array {
    const start = at / 8 + i * stride;
    return this.numbers.subarray(start, start + length);
  }

  /**
   * A copy of a matrix, row-major.
   * @param order of its rows; by default all as they are
   * @param into where it is written, if not to new memory
   */
  taken(
    rows: Rows,
    order?: ArrayLike<number>,
    into: Float64Array = new Float64Array(rows.count * rows.length),
  ): Float64Array {
    for (let i = 0; i < rows.count; i++) into.set(this.row(rows, order ? order[i] : i), i * rows.length);
    return into;
  }

  /** The next matrix, a copy of one that is row-major. */
  copy(matrix: Float64Array, count: number, length: number): Rows {
    const rows = this.rows(count, length);
    for (let i = 0; i < count; i++) this.row(rows, i).set(matrix.subarray(i * length, (i + 1) * length));
    return rows;
  }
}

const padded = (length: number) => Math.ceil(length / WIDTH) * WIDTH;
const paddedRows = (count: number) => Math.ceil(count / GROUP) * GROUP;
