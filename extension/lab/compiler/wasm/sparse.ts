/** Prints products with sparse matrices: some entries of a product, and compressed rows times a matrix. */

import type { Code } from '../../assembler/code.ts';
import type { SampledKernel, SparseKernel } from '../operations/products.ts';
import { encodeInParts, type Rows, type Shares } from './shares.ts';

/** Multiplications from which a product is shared, and into how many parts. */
const WORTH_SHARING = 4e6;
const PARTS = 16;

/** Whether a product is long enough for several threads. */
export function isWorthSharing(kernel: SampledKernel | SparseKernel, indices: Int32Array): boolean {
  if (kernel.kind === 'sampledMatmul') return kernel.length * kernel.inner >= WORTH_SHARING;
  const { starts, rows, width } = kernel;
  return (indices[starts + rows] - indices[starts]) * width >= WORTH_SHARING;
}

/** Entries of one row that are computed at once: their sums run side by side, and share the loads of the row. */
const TOGETHER = 4;

/**
 * @param tables byte offset of the index tables
 * @param shares where work for several threads is put; null for one thread
 */
export function encodeSampledMatmul(c: Code, kernel: SampledKernel, tables: number, shares: Shares | null): void {
  const { length } = kernel;
  const [first, end] = [c.integer(), c.integer()];
  c.int(0).set(first).int(length).set(end);
  if (!shares) {
    sampledEntries(c, kernel, tables, { first, end });
    return;
  }
  const height = Math.ceil(length / PARTS);
  const part = (code: Code) => {
    for (const local of [1, 2]) toRowStart(code, kernel, tables, local);
    sampledEntries(code, kernel, tables, { first: 1, end: 2 });
  };
  shares.add(height, part, { argument: first, count: end })(c);
}

/** Moves the position of an entry on to the next where a row begins: entries of one row are computed together. */
function toRowStart(c: Code, { rows, length }: SampledKernel, tables: number, entry: number): void {
  const [end, at] = [c.integer(), c.integer()];
  c.int(length).set(end);
  const rowAt = (ahead: number) => c.get(at).at('i32.load', tables + 4 * (rows + ahead));
  c.get(entry).if(() => {
    c.upTo(entry, end, 1, () => {
      c.get(entry).int(1).op('i32.sub').int(2).op('i32.shl').set(at);
      rowAt(0);
      rowAt(1).op('i32.eq', 'i32.eqz').leaveIf();
    });
  });
}

/** @param range locals: the first entry, and the end */
function sampledEntries(c: Code, kernel: SampledKernel, tables: number, range: Rows): void {
  const { a, b, out, rows, columns, inner } = kernel;
  const [e, end, x, q] = Array.from({ length: 4 }, () => c.integer());
  const ys = Array.from({ length: TOGETHER }, () => c.integer());
  const sums = Array.from({ length: TOGETHER }, () => c.vector());
  const left = c.vector();
  const load = (table: number, ahead: number) => c.get(e).at('i32.load', tables + 4 * (table + ahead));
  const place = (table: number, ahead: number, into: number) =>
    load(table, ahead)
      .int(8 * inner)
      .op('i32.mul')
      .set(into);
  /** Adds to the sums of `count` entries of one row, two columns at once or the last one alone. */
  const step = (count: number, width: 1 | 2, sumOf: (entry: number) => number, offset: number) => {
    const wide = width === 2 ? 'v128.load' : 'v128.load64_zero';
    const operand = (base: number, matrix: number) =>
      c
        .get(base)
        .get(q)
        .op('i32.add')
        .at(wide, 8 * matrix + offset);
    operand(x, a).set(left);
    for (let entry = 0; entry < count; entry++) {
      operand(ys[entry], b).get(left).multiplyAdd(sumOf(entry));
    }
  };
  const store = (entry: number, sum: number) => {
    c.get(e).int(1).op('i32.shl');
    c.get(sum)
      .high(sum)
      .op('f64x2.add')
      .storeLane(8 * (out + entry));
  };
  /** Alone, an entry has two sums; together, one each. */
  const entries = (count: 1 | typeof TOGETHER) => {
    place(rows, 0, x);
    for (let entry = 0; entry < count; entry++) place(columns, entry, ys[entry]);
    const used = sums.slice(0, Math.max(2, count));
    for (const sum of used) c.splat(0).set(sum);
    const stride = count === 1 ? 4 : 2;
    const whole = inner - (inner % stride);
    if (whole > 0) {
      c.loop(q, 0, 8 * whole, 8 * stride, () => {
        for (let part = 0; part < stride / 2; part++) {
          step(count, 2, (entry) => sums[count === 1 ? part : entry], 16 * part);
        }
      });
    }
    for (let p = whole; p < inner; p++) {
      c.int(8 * p).set(q);
      step(count, 1, (entry) => sums[entry], 0);
    }
    if (count === 1) c.get(sums[0]).get(sums[1]).op('f64x2.add').set(sums[0]);
    for (let entry = 0; entry < count; entry++) store(entry, sums[entry]);
    c.get(e)
      .int(4 * count)
      .op('i32.add')
      .set(e);
  };
  /** On the stack: whether as many entries are left, all of them in one row. */
  const areTogether = () => {
    c.get(e)
      .int(4 * (TOGETHER - 1))
      .op('i32.add')
      .get(end)
      .op('i32.lt_u');
    for (let entry = 1; entry < TOGETHER; entry++) {
      load(rows, 0);
      load(rows, entry).op('i32.eq', 'i32.and');
    }
  };
  c.get(range.end).int(2).op('i32.shl').set(end);
  c.get(range.first).int(2).op('i32.shl').set(e);
  c.upTo(e, end, 0, () => {
    areTogether();
    c.if(
      () => entries(TOGETHER),
      () => entries(1),
    );
  });
}

/** Columns of a block: V8 loads all of them before it adds, so that more do not fit into registers beside their sums. */
const WIDTHS = [12, 8, 4, 2, 1];

/**
 * @param tables byte offset of the index tables
 * @param shares where work for several threads is put; null for one thread
 */
export function encodeSparseMatmul(c: Code, kernel: SparseKernel, tables: number, shares: Shares | null): void {
  const parts = { rows: kernel.rows, height: Math.ceil(kernel.rows / PARTS) };
  encodeInParts(c, shares, parts, (code, rows) => sparseRows(code, kernel, tables, rows));
}

/**
 * Blocks of a row of the result stay in registers while the entries of the sparse row pass.
 * @param range locals: the first row, and the end
 */
function sparseRows(c: Code, kernel: SparseKernel, tables: number, range: Rows): void {
  const { values, b, out, starts, columns, order, width } = kernel;
  const [i, last, e, first, end, j, from] = Array.from({ length: 7 }, () => c.integer());
  const [scale, target] = [c.vector(), c.integer()];
  c.get(range.first)
    .int(8 * width)
    .op('i32.mul')
    .set(target);
  c.get(range.first).int(2).op('i32.shl').set(i);
  c.get(range.end).int(2).op('i32.shl').set(last);
  c.upTo(i, last, 4, () => {
    c.get(i)
      .at('i32.load', tables + 4 * starts)
      .int(2)
      .op('i32.shl')
      .set(first);
    c.get(i)
      .at('i32.load', tables + 4 * (starts + 1))
      .int(2)
      .op('i32.shl')
      .set(end);
    let done = 0;
    for (const size of WIDTHS) {
      const count = Math.floor((width - done) / size);
      if (count === 0) continue;
      const sums = Array.from({ length: Math.max(1, size / 2) }, () => c.vector());
      c.loop(j, 8 * done, 8 * (done + count * size), 8 * size, () => {
        for (const sum of sums) c.splat(0).set(sum);
        c.get(first).set(e);
        c.while(e, end, 4, () => {
          c.get(e)
            .at('i32.load', tables + 4 * order)
            .int(3)
            .op('i32.shl')
            .at('v128.load64_splat', 8 * values)
            .set(scale);
          c.get(e)
            .at('i32.load', tables + 4 * columns)
            .int(8 * width)
            .op('i32.mul')
            .get(j)
            .op('i32.add')
            .set(from);
          sums.forEach((sum, index) => {
            c.get(scale)
              .get(from)
              .at(size === 1 ? 'v128.load64_zero' : 'v128.load', 8 * b + 16 * index)
              .multiplyAdd(sum);
          });
        });
        sums.forEach((sum, index) => {
          c.get(target).get(j).op('i32.add').get(sum);
          if (size === 1) c.storeLane(8 * out);
          else c.at('v128.store', 8 * out + 16 * index);
        });
      });
      done += count * size;
    }
    c.get(target)
      .int(8 * width)
      .op('i32.add')
      .set(target);
  });
}
