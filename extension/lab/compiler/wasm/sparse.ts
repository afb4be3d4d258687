/** Prints products with sparse matrices: some entries of a product, and compressed rows times a matrix. */
import type { SampledKernel, SparseKernel } from '../operations/products.ts';
import type { Code } from './code.ts';

/** @param tables byte offset of the index tables */
export function encodeSampledMatmul(
  c: Code,
  { a, b, out, rows, columns, length, inner }: SampledKernel,
  tables: number,
): void {
  const [e, x, y, q] = Array.from({ length: 4 }, () => c.integer());
  const sums = [c.vector(), c.vector()];
  const row = 8 * inner;
  const dot = (width: 1 | 2, sum: number, offset: number) => {
    const load = width === 2 ? 'v128.load' : 'v128.load64_zero';
    c.get(x)
      .get(q)
      .op('i32.add')
      .at(load, 8 * a + offset)
      .get(y)
      .get(q)
      .op('i32.add')
      .at(load, 8 * b + offset);
    c.multiplyAdd(sum);
  };
  c.loop(e, 0, 4 * length, 4, () => {
    c.get(e)
      .at('i32.load', tables + 4 * rows)
      .int(row)
      .op('i32.mul')
      .set(x);
    c.get(e)
      .at('i32.load', tables + 4 * columns)
      .int(row)
      .op('i32.mul')
      .set(y);
    for (const sum of sums) c.splat(0).set(sum);
    const fours = inner - (inner % 4);
    if (fours > 0) {
      c.loop(q, 0, 8 * fours, 32, () => {
        dot(2, sums[0], 0);
        dot(2, sums[1], 16);
      });
    }
    for (let p = fours; p < inner; p++) {
      c.int(8 * p).set(q);
      dot(1, sums[0], 0);
    }
    c.get(sums[0]).get(sums[1]).op('f64x2.add').set(sums[0]);
    c.get(e).int(1).op('i32.shl');
    c.get(sums[0])
      .high(sums[0])
      .op('f64x2.add')
      .storeLane(8 * out);
  });
}

/** Blocks of a row of the result stay in registers while the entries of the sparse row pass. */
export function encodeSparseMatmul(c: Code, kernel: SparseKernel, tables: number): void {
  const { values, b, out, starts, columns, order, rows, width } = kernel;
  const [i, e, first, end, j, from] = Array.from({ length: 6 }, () => c.integer());
  const [scale, target] = [c.vector(), c.integer()];
  c.int(0).set(target);
  c.loop(i, 0, 4 * rows, 4, () => {
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
    for (const size of [16, 8, 4, 2, 1]) {
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
