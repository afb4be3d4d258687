/** Prints entries of a sum of Kronecker products. A term with an identity is added where it is not zero, and only there. */

import type { Code } from '../../assembler/code.ts';
import type { KroneckerKernel } from '../operations/kronecker.ts';
import { encodeInParts, type Rows, type Shares } from './shares.ts';

/** Entries of the result from which it is shared, and into how many parts. */
const WORTH_SHARING = 1e6;
const PARTS = 16;

/** Whether the result is large enough for several threads. */
export function isLarge({ count }: KroneckerKernel): boolean {
  return count * count >= WORTH_SHARING;
}

/**
 * @param tables byte offset of the index tables
 * @param shares where work for several threads is put; null for one thread
 */
export function encodeKronecker(c: Code, kernel: KroneckerKernel, tables: number, shares: Shares | null): void {
  const { count } = kernel;
  if (count === 0) return;
  const parts = { rows: count, height: Math.ceil(count / PARTS) };
  encodeInParts(c, shares, parts, (code, rows) => encodeRows(code, kernel, tables, rows));
}

/** @param range locals: the first row of the result, and the end */
function encodeRows(c: Code, kernel: KroneckerKernel, tables: number, range: Rows): void {
  const { out, count, height, width, rows, columns, byRow, byColumn, dense, inRow, inColumn, identities } = kernel;
  /** Of the row: bytes into a table, into the result, and into the rows of the matrices; the row and column of its entry. */
  const [e, to, inLeft, inRight, row, column] = Array.from({ length: 6 }, () => c.integer());
  const [last, g, end, f, at] = Array.from({ length: 5 }, () => c.integer());
  const load = (position: number, table: number) => c.get(position).at('i32.load', tables + 4 * table);
  /** On the stack: the entry of a matrix in column `table[f]` of its row. */
  const entry = (matrix: number, rowOf: number, table: number) =>
    load(f, table)
      .int(3)
      .op('i32.shl')
      .get(rowOf)
      .op('i32.add')
      .at('f64.load', 8 * matrix);
  /** Adds what `term` leaves on the stack to entry f of the row. */
  const add = (term: () => void) => {
    c.get(f).int(1).op('i32.shl').get(to).op('i32.add').tee(at);
    c.get(at).at('f64.load', 8 * out);
    term();
    c.op('f64.add').at('f64.store', 8 * out);
  };
  /** For each entry f of the group of which the local is the number. */
  const inGroup = (group: number, { starts, order }: KroneckerKernel['byRow'], body: () => void) => {
    for (const [ahead, into] of [
      [0, g],
      [1, end],
    ]) {
      c.get(group)
        .int(2)
        .op('i32.shl')
        .at('i32.load', tables + 4 * (starts + ahead))
        .int(2)
        .op('i32.shl')
        .set(into);
    }
    c.upTo(g, end, 4, () => {
      load(g, order).int(2).op('i32.shl').set(f);
      body();
    });
  };
  const addEverywhere = () => {
    c.loop(f, 0, 4 * count, 4, () => {
      for (const { left, right } of dense)
        add(() => {
          entry(left, inLeft, rows);
          entry(right, inRight, columns).op('f64.mul');
        });
    });
  };
  const zeros = () => {
    const whole = count - (count % 2);
    if (whole > 0) {
      c.loop(f, 0, 8 * whole, 16, () => {
        c.get(f)
          .get(to)
          .op('i32.add')
          .splat(0)
          .at('v128.store', 8 * out);
      });
    }
    if (count % 2 === 1)
      c.get(to)
        .splat(0)
        .storeLane(8 * (out + whole));
  };
  c.get(range.first).int(2).op('i32.shl').set(e);
  c.get(range.end).int(2).op('i32.shl').set(last);
  c.get(range.first)
    .int(8 * count)
    .op('i32.mul')
    .set(to);
  c.upTo(e, last, 4, () => {
    load(e, rows).tee(row);
    c.int(8 * height)
      .op('i32.mul')
      .set(inLeft);
    load(e, columns).tee(column);
    c.int(8 * width)
      .op('i32.mul')
      .set(inRight);
    zeros();
    if (inRow.length > 0) {
      inGroup(row, byRow, () => {
        for (const matrix of inRow) add(() => entry(matrix, inRight, columns));
      });
    }
    if (dense.length > 0) addEverywhere();
    if (inColumn.length + identities > 0) {
      inGroup(column, byColumn, () => {
        for (const matrix of inColumn) add(() => entry(matrix, inLeft, rows));
        if (identities === 0) return;
        load(f, rows).get(row).op('i32.eq');
        c.if(() => add(() => c.double64(identities)));
      });
    }
    c.get(to)
      .int(8 * count)
      .op('i32.add')
      .set(to);
  });
}
