/**
 * Prints the Cholesky factorization. Two columns at a time, left-looking: the rows below are dotted with the two pivot
 * rows, four rows at once, all of them contiguous in memory. The columns of large matrices come in blocks, from which
 * the product of all columns before is subtracted first.
 */

import type { Code } from '../../assembler/code.ts';
import { SMALLEST_PIVOT } from '../../linearAlgebra/cholesky.ts';
import type { CholeskyKernel } from '../operations/linearSystem.ts';
import { encodeBlockedProduct } from './blocked.ts';
import { PANEL } from './packing.ts';
import type { Shares } from './shares.ts';

/** Columns of a block, a multiple of {@link PANEL}. */
const BLOCK = 64;
/** Matrices of at least this size are factored in blocks. */
const LARGE = 384;

/** Whether a factorization needs the scratch of blocked products. */
export function isFactoredInBlocks({ size }: CholeskyKernel): boolean {
  return size >= LARGE;
}

/**
 * @param scratch byte offset of the scratch of blocked products
 * @param shares where work for several threads is put; null for one thread
 */
export function encodeCholesky(c: Code, kernel: CholeskyKernel, scratch: number, shares: Shares | null): void {
  const { a, out, size } = kernel;
  const [first, last] = [c.integer(), c.integer()];
  if (!isFactoredInBlocks(kernel)) {
    c.int(0).set(first).int(size).set(last);
    encodeColumns(c, kernel, { first, last, from: 8 * a });
    return;
  }
  const columns = c.procedure(2, (code) => encodeColumns(code, kernel, { first: 0, last: 1, from: 8 * out }));
  const row = 8 * size;
  const [width, rows, most, diagonal] = Array.from({ length: 4 }, () => c.integer());
  const update = shares
    ? shares.add(SHARED_ROWS, (code, own) => subtractProduct(code, kernel, own), { argument: first, count: rows })
    : null;
  const zero = c.integer();
  c.int(BLOCK).set(most).int(0).set(zero);
  c.loop(first, 0, size, BLOCK, () => {
    c.int(size).get(first).op('i32.sub').set(rows);
    c.least(rows, most).set(width);
    c.get(first).get(width).op('i32.add').set(last);
    c.get(first)
      .int(row + 8)
      .op('i32.mul')
      .set(diagonal);
    copyColumns(c, kernel, { rows, width, from: diagonal });
    if (update) update(c);
    else subtractProduct(c, kernel, scratch, { first, from: zero, to: rows });
    columns(first, last);
  });
}

/** Rows of a block that a thread takes at once. */
const SHARED_ROWS = 64;

/**
 * Subtracts from a block of columns, at and below its diagonal, the product of the columns before it.
 * @param block locals: the first of its columns, and which of the rows from there on
 */
function subtractProduct(
  c: Code,
  { out, size }: CholeskyKernel,
  scratch: number,
  block = { first: 0, from: 1, to: 2 },
): void {
  const row = 8 * size;
  const [start, diagonal, most, width] = Array.from({ length: 4 }, () => c.integer());
  c.int(BLOCK).set(most);
  c.int(size).get(block.first).op('i32.sub').set(width);
  c.least(width, most).set(width);
  c.get(block.first).int(row).op('i32.mul').set(start);
  c.get(block.first)
    .int(row + 8)
    .op('i32.mul')
    .set(diagonal);
  const operand = { at: 8 * out, outer: row, inner: 8 };
  encodeBlockedProduct(c, {
    a: operand,
    b: operand,
    fromA: start,
    fromB: start,
    first: block.from,
    m: block.to,
    n: width,
    k: block.first,
    edgeM: size % PANEL,
    edgeN: size % PANEL,
    out: { at: 8 * out, from: diagonal, row },
    mode: 'subtract',
    isLower: true,
    scratch,
  });
}

/** Columns from the local `first`, an even number, to below the local `last`. */
interface ColumnBlock {
  first: number;
  last: number;
  /** Byte offset of the matrix less the products of the columns before `first`. */
  from: number;
}

function encodeColumns(c: Code, { a, out, size }: CholeskyKernel, { first, last, from }: ColumnBlock): void {
  const row = 8 * size;
  const at = 8 * out;
  const [j, rowJ, i, rowI, q, end, columnBytes, firstBytes, pairs] = Array.from({ length: 9 }, () => c.integer());
  const [d0, d1, cross, s, t] = Array.from({ length: 5 }, () => c.double());
  const sums = Array.from({ length: 8 }, () => c.vector());
  const [left, right0, right1] = Array.from({ length: 3 }, () => c.vector());

  /** Dots of `rows` rows at rowI with the two rows at rowJ, over the columns of the block before j, into the sums. */
  const dots = (rows: number) => {
    for (let r = 0; r < 2 * rows; r++) c.splat(0).set(sums[r]);
    c.get(firstBytes).set(q);
    c.while(q, columnBytes, 16, () => {
      c.get(rowJ).get(q).op('i32.add').at('v128.load', at).set(right0);
      c.get(rowJ)
        .get(q)
        .op('i32.add')
        .at('v128.load', at + row)
        .set(right1);
      for (let r = 0; r < rows; r++) {
        c.get(rowI)
          .get(q)
          .op('i32.add')
          .at('v128.load', at + r * row)
          .set(left);
        c.get(left)
          .get(right0)
          .multiplyAdd(sums[2 * r]);
        c.get(left)
          .get(right1)
          .multiplyAdd(sums[2 * r + 1]);
      }
    });
  };
  /** On the stack: the entry at row rowI + r and column j + column, less its dot product. */
  const remainder = (r: number, column: number, sum: number) => {
    c.get(rowI)
      .get(columnBytes)
      .op('i32.add')
      .at('f64.load', from + r * row + 8 * column);
    c.get(sum).extract(0).get(sum).extract(1).op('f64.add', 'f64.sub');
  };
  /** The square root of the pivot on the stack, NaN where it is not above its share of the diagonal entry on top. */
  const pivot = (into: number) => {
    c.double64(SMALLEST_PIVOT).op('f64.mul').set(t).set(s);
    c.get(s).double64(Number.NaN).get(s).get(t).op('f64.gt', 'select', 'f64.sqrt').set(into);
  };
  const diagonal = (column: number) =>
    c
      .get(rowJ)
      .get(columnBytes)
      .op('i32.add')
      .at('f64.load', 8 * a + column * (row + 8));

  const oneColumn = () => {
    c.get(rowJ).set(rowI);
    c.splat(0).set(sums[0]);
    c.get(firstBytes).set(q);
    c.while(q, columnBytes, 16, () => {
      c.get(rowJ).get(q).op('i32.add').at('v128.load', at).set(left);
      c.get(left).get(left).multiplyAdd(sums[0]);
    });
    remainder(0, 0, sums[0]);
    diagonal(0);
    pivot(d0);
    c.get(rowJ).get(columnBytes).op('i32.add').get(d0).at('f64.store', at);
  };
  const twoColumns = () => {
    c.get(rowJ).set(rowI);
    dots(2);
    remainder(0, 0, sums[0]);
    diagonal(0);
    pivot(d0);
    remainder(1, 0, sums[2]);
    c.get(d0).op('f64.div').set(cross);
    remainder(1, 1, sums[3]);
    c.get(cross).get(cross).op('f64.mul', 'f64.sub');
    diagonal(1);
    pivot(d1);
    c.get(rowJ).get(columnBytes).op('i32.add').get(d0).at('f64.store', at);
    c.get(rowJ)
      .get(columnBytes)
      .op('i32.add')
      .get(cross)
      .at('f64.store', at + row);
    c.get(rowJ)
      .get(columnBytes)
      .op('i32.add')
      .get(d1)
      .at('f64.store', at + row + 8);
    // The rows below.
    c.get(j).int(2).op('i32.add').set(i);
    c.int(size).set(end);
    for (const rows of [4, 1]) {
      c.while(i, end, rows, () => {
        c.get(i).int(row).op('i32.mul').set(rowI);
        dots(rows);
        for (let r = 0; r < rows; r++) {
          remainder(r, 0, sums[2 * r]);
          c.get(d0).op('f64.div').set(s);
          remainder(r, 1, sums[2 * r + 1]);
          c.get(s).get(cross).op('f64.mul', 'f64.sub').get(d1).op('f64.div').set(t);
          c.get(rowI)
            .get(columnBytes)
            .op('i32.add')
            .get(s)
            .at('f64.store', at + r * row);
          c.get(rowI)
            .get(columnBytes)
            .op('i32.add')
            .get(t)
            .at('f64.store', at + r * row + 8);
        }
      });
    }
  };
  const place = () => {
    c.get(j).int(row).op('i32.mul').set(rowJ);
    c.get(j).int(3).op('i32.shl').set(columnBytes);
  };
  c.get(first).int(3).op('i32.shl').set(firstBytes);
  c.get(last).int(-2).op('i32.and').set(pairs);
  c.get(first).set(j);
  c.upTo(j, pairs, 2, () => {
    place();
    twoColumns();
  });
  if (size % 2 === 1) {
    c.get(last)
      .int(size)
      .op('i32.eq')
      .if(() => {
        c.int(size - 1).set(j);
        place();
        oneColumn();
      });
  }
}

/** Copies columns of `a` from their diagonal entry down. @param block locals: its extents, and the diagonal's address */
function copyColumns(
  c: Code,
  { a, out, size }: CholeskyKernel,
  block: { rows: number; width: number; from: number },
): void {
  const [i, q, at] = Array.from({ length: 3 }, () => c.integer());
  c.get(block.from).set(at);
  c.int(0).set(i);
  c.upTo(i, block.rows, 1, () => {
    c.int(0).set(q);
    c.upTo(q, block.width, 1, () => {
      const target = () => c.get(at).get(q).int(3).op('i32.shl', 'i32.add');
      target();
      target()
        .at('f64.load', 8 * a)
        .at('f64.store', 8 * out);
    });
    c.get(at)
      .int(8 * size)
      .op('i32.add')
      .set(at);
  });
}
