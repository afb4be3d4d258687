/**
 * Prints large products c ± a bᵀ, blocked for the caches (Goto and van de Geijn 2008): a block of b's panels stays in
 * the L3 cache and one of a's in L2, while a panel of b stays in L1 and a tile of the result in registers.
 */
import type { Code } from '../../assembler/code.ts';
import { encodePacking, type Operand, PANEL } from './packing.ts';

/** Columns of the operands in a block: a panel of so many takes 8 kB. */
const DEPTH = 256;
/** Rows of a (64 kB of them) and of b (1 MB) in a block. */
const ROWS_OF_A = 32;
const ROWS_OF_B = 512;

/** Bytes of the packed blocks, and of a tile. */
const PACKED_A = 8 * ROWS_OF_A * DEPTH;
const PACKED_B = 8 * ROWS_OF_B * DEPTH;
const TILE = 8 * PANEL * PANEL;

/** Bytes that a blocked product needs for itself. */
export const SCRATCH = PACKED_A + PACKED_B + TILE;

export interface BlockedProduct {
  /** Rows along the rows of the result, columns along the inner dimension. */
  a: Operand;
  /** Rows along the columns of the result. */
  b: Operand;
  /** Locals: addresses of the first entries, less the static parts. */
  fromA: number;
  fromB: number;
  /** Local: the first row of the result that is computed, a multiple of {@link PANEL}. */
  first: number;
  /** Locals: the end of these rows, the columns of the result, and the inner dimension. */
  m: number;
  n: number;
  k: number;
  /** m and n modulo {@link PANEL}. */
  edgeM: number;
  edgeN: number;
  /** The result: static address, local address, bytes from one row to the next. */
  out: { at: number; from: number; row: number };
  /** Whether the product is written, or subtracted from what is there. */
  mode: 'write' | 'subtract';
  /** Whether only tiles that meet the lower triangle are computed. */
  isLower: boolean;
  /** Byte offset of {@link SCRATCH} bytes. */
  scratch: number;
}

export function encodeBlockedProduct(c: Code, task: BlockedProduct): void {
  const { b, m, k, scratch } = task;
  const [p, j, i, depth, columns, from, n] = Array.from({ length: 7 }, () => c.integer());
  const packed = { a: scratch, b: scratch + PACKED_A };
  const block = encodeBlock(c, task, packed);
  c.get(task.n).set(n);
  // Of a lower triangle, no row reaches further than the last one.
  if (task.isLower) c.least(n, m).set(n);
  c.int(0).set(p);
  c.upTo(p, k, DEPTH, () => {
    extent(c, depth, p, k, DEPTH);
    c.int(0).set(j);
    c.upTo(j, n, ROWS_OF_B, () => {
      extent(c, columns, j, n, ROWS_OF_B);
      address(c, task.fromB, b, j, p, from);
      encodePacking(c, { operand: b, from, rows: columns, columns: depth, edge: task.edgeN, to: packed.b });
      c.get(task.first).set(i);
      // Of a lower triangle, the blocks above this one's first row are empty.
      if (task.isLower) {
        c.get(j)
          .get(i)
          .op('i32.gt_u')
          .if(() => c.get(j).set(i));
      }
      c.upTo(i, m, ROWS_OF_A, () => block(i, j, p, depth, columns, m, task.fromA, task.out.from));
    });
  });
}

/** Sets `size` to what is left from `index` to `end`, at most `most`. */
function extent(c: Code, size: number, index: number, end: number, most: number): void {
  const limit = c.integer();
  c.int(most).set(limit);
  c.get(end).get(index).op('i32.sub').set(size);
  c.least(size, limit).set(size);
}

/** Sets `into` to the address of an operand's row and column p. */
function address(c: Code, from: number, operand: Operand, row: number, p: number, into: number): void {
  c.get(from).get(row).int(operand.outer).op('i32.mul', 'i32.add');
  c.get(p).int(operand.inner).op('i32.mul', 'i32.add').set(into);
}

/** Byte offsets of the panels. */
interface Packed {
  a: number;
  b: number;
}

/**
 * Some rows of a with all packed rows of b, as a function of its own.
 * @returns calls it with the positions of the block, its depth and columns, the rows of the result, and addresses
 */
function encodeBlock(c: Code, task: BlockedProduct, packed: Packed): (...locals: number[]) => void {
  return c.procedure(8, (code) => {
    const [i, j, p, depth, columns, m, fromA, fromOut] = Array.from({ length: 8 }, (_, parameter) => parameter);
    const [rows, from] = [code.integer(), code.integer()];
    extent(code, rows, i, m, ROWS_OF_A);
    address(code, fromA, task.a, i, p, from);
    encodePacking(code, { operand: task.a, from, rows, columns: depth, edge: task.edgeM, to: packed.a });
    encodeTiles(code, task, { i, j, p, depth, columns, rows, fromOut, packed });
  });
}

/** What is done with a tile's sums over one block of columns. */
type Change = 'write' | 'add' | 'sub';

interface Block {
  /** Locals: the position of the block, its extents, and the address of the result. */
  i: number;
  j: number;
  p: number;
  depth: number;
  columns: number;
  rows: number;
  fromOut: number;
  packed: Packed;
}

/** The tiles of one block. */
function encodeTiles(c: Code, task: BlockedProduct, block: Block): void {
  const { out, scratch, mode, isLower } = task;
  const { i, j, p, depth, columns, rows, fromOut, packed } = block;
  const [row, column, x, y, end, to, panelBytes, tileRows, tileColumns] = Array.from({ length: 9 }, () => c.integer());
  const [r, q, four] = Array.from({ length: 3 }, () => c.integer());
  const sums = Array.from({ length: 2 * PANEL }, () => c.vector());
  const right = [c.vector(), c.vector()];
  const left = c.vector();
  const tile = scratch + PACKED_A + PACKED_B;

  const accumulate = () => {
    for (const sum of sums) c.splat(0).set(sum);
    c.get(x).get(panelBytes).op('i32.add').set(end);
    c.continueTo(x, end, 8 * PANEL, () => {
      right.forEach((vector, half) => {
        c.get(y)
          .at('v128.load', packed.b + 16 * half)
          .set(vector);
      });
      for (let line = 0; line < PANEL; line++) {
        c.get(x)
          .at('v128.load64_splat', packed.a + 8 * line)
          .set(left);
        right.forEach((vector, half) => {
          c.get(left)
            .get(vector)
            .multiplyAdd(sums[2 * line + half]);
        });
      }
      c.get(y)
        .int(8 * PANEL)
        .op('i32.add')
        .set(y);
    });
  };
  const wholeTile = (how: Change) => {
    sums.forEach((sum, index) => {
      const offset = out.at + (index >> 1) * out.row + 16 * (index & 1);
      c.get(to);
      if (how === 'write') c.get(sum);
      else c.get(to).at('v128.load', offset).get(sum).op(`f64x2.${how}`);
      c.at('v128.store', offset);
    });
  };
  /** Through the memory of one tile: only its first rows and columns are part of the result. */
  const partOfTile = (how: Change) => {
    sums.forEach((sum, index) => {
      c.int(0)
        .get(sum)
        .at('v128.store', tile + 16 * index);
    });
    c.int(0).set(r);
    c.upTo(r, tileRows, 1, () => {
      c.int(0).set(q);
      c.upTo(q, tileColumns, 1, () => {
        const target = () => c.get(to).get(q).int(3).op('i32.shl', 'i32.add');
        target();
        if (how !== 'write') target().at('f64.load', out.at);
        c.get(r).int(2).op('i32.shl').get(q).op('i32.add').int(3).op('i32.shl').at('f64.load', tile);
        if (how !== 'write') c.op(`f64.${how}`);
        c.at('f64.store', out.at);
      });
      c.get(to).int(out.row).op('i32.add').set(to);
    });
  };
  const finish = (how: Change) => {
    c.get(tileRows)
      .get(tileColumns)
      .op('i32.mul')
      .int(PANEL * PANEL)
      .op('i32.lt_u')
      .if(
        () => partOfTile(how),
        () => wholeTile(how),
      );
  };
  const remaining = (size: number, index: number, into: number) => {
    c.get(size).get(index).op('i32.sub').set(into);
    c.least(into, four).set(into);
  };
  c.int(PANEL).set(four);
  c.get(depth).int(5).op('i32.shl').set(panelBytes);
  c.int(0).set(column);
  c.upTo(column, columns, PANEL, () => {
    remaining(columns, column, tileColumns);
    c.int(0).set(row);
    // The first row block of a lower triangle begins where this column does.
    if (isLower) {
      c.get(j)
        .get(column)
        .op('i32.add')
        .get(i)
        .op('i32.gt_u')
        .if(() => {
          c.get(j).get(column).op('i32.add').get(i).op('i32.sub').set(row);
        });
    }
    c.upTo(row, rows, PANEL, () => {
      remaining(rows, row, tileRows);
      c.get(row).get(depth).op('i32.mul').int(3).op('i32.shl').set(x);
      c.get(column).get(depth).op('i32.mul').int(3).op('i32.shl').set(y);
      accumulate();
      c.get(fromOut).get(i).get(row).op('i32.add').int(out.row).op('i32.mul', 'i32.add');
      c.get(j).get(column).op('i32.add').int(3).op('i32.shl', 'i32.add').set(to);
      if (mode === 'subtract') finish('sub');
      else
        c.get(p)
          .op('i32.eqz')
          .if(
            () => finish('write'),
            () => finish('add'),
          );
    });
  });
}
