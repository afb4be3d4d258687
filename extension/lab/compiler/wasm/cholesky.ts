/**
 * Prints the Cholesky factorization and its solution. Two columns at a time, left-looking: the rows below are dotted
 * with the two pivot rows, four rows at once, all of them contiguous in memory.
 */
import { SMALLEST_PIVOT } from '../../linearAlgebra/cholesky.ts';
import type { CholeskyKernel, SolveKernel } from '../operations/linearSystem.ts';
import type { Code } from './code.ts';

export function encodeCholesky(c: Code, { a, out, size }: CholeskyKernel): void {
  const row = 8 * size;
  const [at, from] = [8 * out, 8 * a];
  const [j, rowJ, i, rowI, q, end, columnBytes] = Array.from({ length: 7 }, () => c.integer());
  const [d0, d1, cross, s, t] = Array.from({ length: 5 }, () => c.double());
  const sums = Array.from({ length: 8 }, () => c.vector());
  const [left, right0, right1] = Array.from({ length: 3 }, () => c.vector());

  /** Dots of `rows` rows at rowI with the two rows at rowJ, over the columns before j, into the sums. */
  const dots = (rows: number) => {
    for (let r = 0; r < 2 * rows; r++) c.splat(0).set(sums[r]);
    c.int(0).set(q);
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
  /** On the stack: the entry of `a` at row rowI + r and column j + column, less its dot product. */
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
      .at('f64.load', from + column * (row + 8));

  const pairs = size - (size % 2);
  const oneColumn = () => {
    c.get(rowJ).set(rowI);
    c.splat(0).set(sums[0]);
    c.int(0).set(q);
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
  if (pairs > 0) {
    c.loop(j, 0, pairs, 2, () => {
      place();
      twoColumns();
    });
  }
  if (size % 2 === 1) {
    c.int(pairs).set(j);
    place();
    oneColumn();
  }
}

export function encodeSolve(c: Code, { a, b, out, size }: SolveKernel): void {
  const row = 8 * size;
  const [l, x] = [8 * a, 8 * out];
  const [i, rowI, q, bytes] = Array.from({ length: 4 }, () => c.integer());
  const sum = c.vector();
  const [value, rest] = [c.double(), c.double()];
  const scale = c.vector();

  // Forward: x_i = (b_i − L[i, :i] · x) / L[i, i].
  c.int(0).set(rowI);
  c.loop(bytes, 0, row, 8, () => {
    c.splat(0).set(sum);
    c.int(0).set(q);
    c.while(q, bytes, 16, () => {
      c.get(rowI).get(q).op('i32.add').at('v128.load', l).get(q).at('v128.load', x).multiplyAdd(sum);
    });
    c.get(sum).extract(0).get(sum).extract(1).op('f64.add').set(rest);
    c.while(q, bytes, 8, () => {
      c.get(rest)
        .get(rowI)
        .get(q)
        .op('i32.add')
        .at('f64.load', l)
        .get(q)
        .at('f64.load', x)
        .op('f64.mul', 'f64.add')
        .set(rest);
    });
    c.get(bytes);
    c.get(bytes)
      .at('f64.load', 8 * b)
      .get(rest)
      .op('f64.sub')
      .get(rowI)
      .get(bytes)
      .op('i32.add')
      .at('f64.load', l)
      .op('f64.div');
    c.at('f64.store', x);
    c.get(rowI).int(row).op('i32.add').set(rowI);
  });
  // Backward, by rows of L: x_i is done, and leaves the equations before it.
  c.loop(i, 0, size, 1, () => {
    c.get(rowI).int(row).op('i32.sub').set(rowI);
    c.int(size - 1)
      .get(i)
      .op('i32.sub')
      .int(3)
      .op('i32.shl')
      .set(bytes);
    c.get(bytes).at('f64.load', x).get(rowI).get(bytes).op('i32.add').at('f64.load', l).op('f64.div').set(value);
    c.get(bytes).get(value).at('f64.store', x);
    c.get(value).op('f64x2.splat').set(scale);
    c.int(0).set(q);
    c.while(q, bytes, 16, () => {
      c.get(q)
        .get(q)
        .at('v128.load', x)
        .get(rowI)
        .get(q)
        .op('i32.add')
        .at('v128.load', l)
        .get(scale)
        .op('f64x2.mul', 'f64x2.sub')
        .at('v128.store', x);
    });
    c.while(q, bytes, 8, () => {
      c.get(q)
        .get(q)
        .at('f64.load', x)
        .get(rowI)
        .get(q)
        .op('i32.add')
        .at('f64.load', l)
        .get(value)
        .op('f64.mul', 'f64.sub')
        .at('f64.store', x);
    });
  });
}
