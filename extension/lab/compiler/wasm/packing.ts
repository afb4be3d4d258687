/**
 * Prints the packing of operands of large products: panels of four rows, in each of which the four entries of one
 * column stand together. A block of panels is then read from the first byte to the last, whatever the operand's strides.
 */
import type { Code } from '../../assembler/code.ts';

/** Rows of a panel. */
export const PANEL = 4;

/** A matrix in memory: its rows are those of a panel. */
export interface Operand {
  /** Static part of its address, in bytes. */
  at: number;
  /** Bytes from one row to the next, and from one column to the next; one of them is 8. */
  outer: number;
  inner: number;
}

export interface PackingTask {
  operand: Operand;
  /** Local: address of the first entry, less the operand's static part. */
  from: number;
  /** Locals: how many rows and columns. Missing rows of the last panel become zeros. */
  rows: number;
  columns: number;
  /** How many rows the last panel of the operand has, if not all. */
  edge: number;
  /** Byte offset of the panels. */
  to: number;
}

export function encodePacking(c: Code, task: PackingTask): void {
  const { operand, from, rows, columns, edge, to } = task;
  const { at, outer, inner } = operand;
  const [row, start, x, y, k, whole] = Array.from({ length: 6 }, () => c.integer());
  const vectors = Array.from({ length: PANEL }, () => c.vector());
  /** Loads a vector from `bytes` behind x. */
  const load = (bytes: number) => c.get(x).at('v128.load', at + bytes);
  const forward = (columnCount: number) => {
    c.get(x)
      .int(columnCount * inner)
      .op('i32.add')
      .set(x);
    c.get(y)
      .int(columnCount * 8 * PANEL)
      .op('i32.add')
      .set(y);
  };
  const single = (count: number) => {
    for (let r = 0; r < PANEL; r++) {
      c.get(y);
      if (r < count) c.get(x).at('f64.load', at + r * outer);
      else c.double64(0);
      c.at('f64.store', to + 8 * r);
    }
    forward(1);
  };
  const panel = () => {
    c.int(0).set(k);
    if (outer === 8) {
      c.upTo(k, columns, 1, () => {
        for (const half of [0, 16]) {
          c.get(y);
          load(half).at('v128.store', to + half);
        }
        forward(1);
      });
      return;
    }
    // Two columns at a time: pairs of rows are transposed.
    c.get(columns).int(-2).op('i32.and').set(whole);
    c.upTo(k, whole, 2, () => {
      vectors.forEach((vector, r) => {
        load(r * outer).set(vector);
      });
      for (const column of [0, 1] as const) {
        for (const half of [0, 2]) {
          c.get(y)
            .get(vectors[half])
            .get(vectors[half + 1])
            .pair(column)
            .at('v128.store', to + 8 * (PANEL * column + half));
        }
      }
      forward(2);
    });
    c.upTo(k, columns, 1, () => single(PANEL));
  };
  const lastPanel = () => {
    c.int(0).set(k);
    c.upTo(k, columns, 1, () => single(edge));
  };
  c.int(0).set(row).get(from).set(start).int(0).set(y);
  c.upTo(row, rows, PANEL, () => {
    c.get(start).set(x);
    if (edge === 0) panel();
    else c.get(row).int(PANEL).op('i32.add').get(rows).op('i32.gt_u').if(lastPanel, panel);
    c.get(start)
      .int(PANEL * outer)
      .op('i32.add')
      .set(start);
  });
}
