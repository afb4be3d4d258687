/**
 * Prints matrix products: blocks of up to four rows whose entries stay in registers while the inner dimension runs.
 * Along the rows of b two columns share a vector; where both operands run along the inner dimension, two of its
 * entries do, and the lanes are added at the end.
 */

import type { Code } from '../../assembler/code.ts';
import type { MatmulKernel } from '../operations/products.ts';
import { encodeLargeMatmul, isBlocked } from './largeMatmul.ts';
import { mirror, type Product, productOf } from './product.ts';
import { encodeCopy } from './rearrange.ts';
import type { Shares } from './shares.ts';

/**
 * @param scratch byte offset of the scratch of blocked and of narrow products
 * @param shares where work for several threads is put; null for one thread
 */
export function encodeMatmul(c: Code, kernel: MatmulKernel, scratch: number, shares: Shares | null): void {
  if (isBlocked(kernel)) {
    encodeLargeMatmul(c, kernel, scratch, shares);
    return;
  }
  const { m, k, n, transposeA, transposeB } = kernel;
  const product = productOf(kernel);
  const aAlong = product.aStrides.inner === 8;
  const bAlong = product.bStrides.inner === 8;
  const isSymmetric = kernel.a === kernel.b && !transposeA && transposeB && m === n;
  if (isNarrow(kernel)) {
    const b = scratch / 8;
    encodeCopy(c, { kind: 'copy', a: kernel.b, out: b, shape: [k, n], strides: [1, k] });
    alongColumns(c, { ...product, b: scratch, bStrides: { outer: 8, inner: 8 * n } });
  } else if (aAlong && bAlong) dots(c, product, isSymmetric);
  else if (n === 1 && transposeA)
    alongColumns(c, {
      ...product,
      m: 1,
      n: m,
      a: product.b,
      b: product.a,
      aStrides: { outer: 8, inner: 8 },
      bStrides: { outer: 8, inner: 8 * m },
    });
  else if (product.bStrides.outer === 8) alongColumns(c, product);
  else strided(c, product);
}

/** Below this inner dimension, sums in two lanes are so short that adding the lanes takes longer (measured). */
const NARROW = 16;

/** Whether a transposed second operand is written to the scratch as it is multiplied, row by row. */
function isNarrow({ m, k, n, a, b, transposeA, transposeB }: MatmulKernel): boolean {
  return transposeB && !transposeA && a !== b && k < NARROW && m >= NARROW && n >= 4;
}

/** Bytes of scratch that a product needs if it is not blocked. */
export function scratchOf(kernel: MatmulKernel): number {
  return isNarrow(kernel) ? 8 * kernel.k * kernel.n : 0;
}

/** Splits a length into blocks: as many of the largest size as fit, then smaller ones. */
function blocks(length: number, sizes: readonly number[]): { start: number; end: number; size: number }[] {
  const result: { start: number; end: number; size: number }[] = [];
  let at = 0;
  for (const size of sizes) {
    const count = Math.floor((length - at) / size);
    if (count > 0) result.push({ start: at, end: at + count * size, size });
    at += count * size;
  }
  return result;
}

/** Vectors that fit into registers, besides one for an intermediate product. */
const REGISTERS = 14;

/**
 * How many steps of the inner dimension an iteration of the loop takes, one or two. V8 loads everything that an
 * iteration reads before it computes, so sums and operands that do not fit into registers are spilled every time.
 */
function unrolled(sums: number, operands: number): 1 | 2 {
  return sums + 2 * operands <= REGISTERS ? 2 : 1;
}

/** Sums of which a single entry of a result is made, so that products do not wait for each other to be added. */
const CHAINS = 4;

/** Rows of op(a) against rows of b, along the inner dimension in both. */
function dots(c: Code, p: Product, isSymmetric: boolean): void {
  const [i, j, x, y, last, end] = Array.from({ length: 6 }, () => c.integer());
  // Row blocks of one height; columns in blocks of at most two, or of one for a vector, where as many sums as fit into
  // registers beside their operands do not wait for each other.
  const heights = p.n === 1 ? [7, 4, 2, 1] : [4, 2, 1];
  for (const rows of blocks(p.m, heights)) {
    const columnBlocks = isSymmetric
      ? [{ start: 0, end: rows.end, size: Math.min(2, rows.size) }]
      : blocks(p.n, [2, 1]);
    for (const columns of columnBlocks) {
      const sums = Array.from({ length: rows.size * columns.size }, () => c.vector());
      const right = Array.from({ length: columns.size }, () => c.vector());
      const left = c.vector();
      const isSingle = sums.length === 1;
      const more = Array.from({ length: isSingle ? CHAINS - 1 : 0 }, () => c.vector());
      c.loop(i, rows.start, rows.end, rows.size, () => {
        const eachColumn = (body: () => void) => {
          // Of a symmetric result only the entries up to the diagonal.
          if (isSymmetric) c.get(i).int(rows.size).op('i32.add').set(end).loopTo(j, end, columns.size, body);
          else c.loop(j, columns.start, columns.end, columns.size, body);
        };
        eachColumn(() => {
          c.get(i).int(p.aStrides.outer).op('i32.mul').set(x);
          c.get(j).int(p.bStrides.outer).op('i32.mul').set(y);
          for (const sum of [...sums, ...more]) c.splat(0).set(sum);
          /** Accumulates the entries at x and y, `offset` bytes further on; a single sum in turn with others. */
          const step = (width: 1 | 2, offset: number) => {
            const load = width === 2 ? 'v128.load' : 'v128.load64_zero';
            right.forEach((vector, column) => {
              c.get(y)
                .at(load, p.b + column * p.bStrides.outer + offset)
                .set(vector);
            });
            for (let row = 0; row < rows.size; row++) {
              c.get(x)
                .at(load, p.a + row * p.aStrides.outer + offset)
                .set(left);
              right.forEach((vector, column) => {
                const chain = more[(offset / 16) % CHAINS];
                const sum = chain ?? sums[row * columns.size + column];
                c.get(left).get(vector).multiplyAdd(sum);
              });
            }
          };
          const unroll = 2 * (isSingle ? CHAINS : unrolled(sums.length, rows.size + columns.size));
          const whole = p.k - (p.k % unroll);
          if (whole > 0) {
            c.get(x)
              .int(8 * whole)
              .op('i32.add')
              .set(last)
              .continueTo(x, last, 8 * unroll, () => {
                for (let at = 0; at < unroll; at += 2) step(2, 8 * at);
                c.get(y)
                  .int(8 * unroll)
                  .op('i32.add')
                  .set(y);
              });
          }
          for (let at = 0; at < p.k - whole; at += 2) step(at + 1 < p.k - whole ? 2 : 1, 8 * at);
          c.get(i)
            .int(8 * p.n)
            .op('i32.mul')
            .get(j)
            .int(3)
            .op('i32.shl', 'i32.add')
            .set(x);
          for (const chain of more) c.get(sums[0]).get(chain).op('f64x2.add').set(sums[0]);
          sums.forEach((sum, position) => {
            const [row, column] = [Math.floor(position / columns.size), position % columns.size];
            c.get(x)
              .get(sum)
              .high(sum)
              .op('f64x2.add')
              .storeLane(p.out + 8 * (row * p.n + column));
          });
        });
      });
    }
  }
  if (isSymmetric) mirror(c, p, i, j);
}

/** Rows of the result as sums of rows of b; up to four rows and four columns of it stay in registers. */
function alongColumns(c: Code, p: Product): void {
  const [i, j, x, y, end, z] = Array.from({ length: 6 }, () => c.integer());
  const heights = p.m === 1 ? [1] : [4, 2, 1];
  const widths = p.m === 1 ? [14, 8, 4, 2, 1] : [4, 2, 1];
  for (const rows of blocks(p.m, heights)) {
    for (const columns of blocks(p.n, widths)) {
      const vectors = Math.max(1, columns.size / 2);
      const isSingle = columns.size === 1;
      const sums = Array.from({ length: rows.size * vectors }, () => c.vector());
      const right = Array.from({ length: vectors }, () => c.vector());
      const left = c.vector();
      // The few columns of b in the inner loop stay in the L1 cache while rows of a stream through.
      c.loop(j, columns.start, columns.end, columns.size, () => {
        c.loop(i, rows.start, rows.end, rows.size, () => {
          for (const sum of sums) c.splat(0).set(sum);
          c.get(i).int(p.aStrides.outer).op('i32.mul').set(x);
          c.get(j).int(3).op('i32.shl').set(y);
          /** Accumulates one more row of b, `ahead` rows further on. */
          const step = (ahead: number) => {
            right.forEach((vector, index) => {
              c.get(y)
                .at(isSingle ? 'v128.load64_zero' : 'v128.load', p.b + ahead * p.bStrides.inner + 16 * index)
                .set(vector);
            });
            for (let row = 0; row < rows.size; row++) {
              c.get(x)
                .at('v128.load64_splat', p.a + ahead * p.aStrides.inner + row * p.aStrides.outer)
                .set(left);
              right.forEach((vector, index) => {
                const sum = sums[row * vectors + index];
                c.get(left).get(vector).multiplyAdd(sum);
              });
            }
          };
          const unroll = unrolled(sums.length, rows.size + vectors);
          const whole = p.k - (p.k % unroll);
          if (whole > 0) {
            c.get(x)
              .int(whole * p.aStrides.inner)
              .op('i32.add')
              .set(end)
              .continueTo(x, end, unroll * p.aStrides.inner, () => {
                for (let row = 0; row < unroll; row++) step(row);
                c.get(y)
                  .int(unroll * p.bStrides.inner)
                  .op('i32.add')
                  .set(y);
              });
          }
          for (let row = 0; row < p.k % unroll; row++) step(row);
          c.get(i)
            .int(8 * p.n)
            .op('i32.mul')
            .get(j)
            .int(3)
            .op('i32.shl', 'i32.add')
            .set(z);
          sums.forEach((sum, position) => {
            const [row, index] = [Math.floor(position / vectors), position % vectors];
            const offset = p.out + 8 * row * p.n + 16 * index;
            c.get(z).get(sum);
            if (isSingle) c.storeLane(offset);
            else c.at('v128.store', offset);
          });
        });
      });
    }
  }
}

/** Any strides, one entry at a time: only for aᵀ bᵀ, which is rare. */
function strided(c: Code, p: Product): void {
  const [i, j, x, y, q] = Array.from({ length: 5 }, () => c.integer());
  const sum = c.double();
  c.loop(i, 0, p.m, 1, () => {
    c.loop(j, 0, p.n, 1, () => {
      c.get(i).int(p.aStrides.outer).op('i32.mul').set(x);
      c.get(j).int(p.bStrides.outer).op('i32.mul').set(y);
      c.double64(0).set(sum);
      c.loop(q, 0, p.k, 1, () => {
        c.get(sum).get(x).at('f64.load', p.a).get(y).at('f64.load', p.b).op('f64.mul', 'f64.add').set(sum);
        c.get(x).int(p.aStrides.inner).op('i32.add').set(x);
        c.get(y).int(p.bStrides.inner).op('i32.add').set(y);
      });
      c.get(i).int(p.n).op('i32.mul').get(j).op('i32.add').int(3).op('i32.shl').get(sum).at('f64.store', p.out);
    });
  });
}
