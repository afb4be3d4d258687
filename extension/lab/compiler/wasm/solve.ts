/**
 * Prints the solution of a system with its Cholesky factor. Rows are taken in groups: the sums of one group do not wait
 * for each other, and each adds in the order in which it would add alone.
 */

import type { Code } from '../../assembler/code.ts';
import type { SolveKernel } from '../operations/linearSystem.ts';

/** Rows of a group, an even number. */
const TOGETHER = 4;

/** The locals, and where the parts of the system are. */
interface Solving {
  /** Byte offsets of the factor, the right-hand side and the solution, and bytes of a row. */
  l: number;
  b: number;
  x: number;
  row: number;
  /** Bytes from the beginning of the solution to the first entry of a group, and from the factor to its row. */
  at: number;
  rowAt: number;
  /** Bytes from the beginning of a vector to a pair of its entries. */
  q: number;
}

export function encodeSolve(c: Code, { a, b, out, size }: SolveKernel): void {
  const [at, rowAt, q] = [c.integer(), c.integer(), c.integer()];
  const solving: Solving = { l: 8 * a, b: 8 * b, x: 8 * out, row: 8 * size, at, rowAt, q };
  const rest = size % TOGETHER;
  const whole = size - rest;
  c.int(0).set(rowAt);
  if (whole > 0) {
    c.loop(at, 0, 8 * whole, 8 * TOGETHER, () => {
      forward(c, solving, TOGETHER);
      c.get(rowAt)
        .int(TOGETHER * solving.row)
        .op('i32.add')
        .set(rowAt);
    });
  }
  if (rest > 0) {
    c.int(8 * whole).set(at);
    forward(c, solving, rest);
    backward(c, solving, rest);
  }
  if (whole === 0) return;
  const group = c.integer();
  c.int(8 * whole).set(at);
  c.loop(group, 0, whole, TOGETHER, () => {
    c.get(at)
      .int(8 * TOGETHER)
      .op('i32.sub')
      .set(at);
    c.get(rowAt)
      .int(TOGETHER * solving.row)
      .op('i32.sub')
      .set(rowAt);
    backward(c, solving, TOGETHER);
  });
}

/** x_i = (b_i − L[i, :i] · x) / L[i, i] for the rows of a group: pairs of products first, then a single one. */
function forward(c: Code, { l, b, x, row, at, rowAt, q }: Solving, count: number): void {
  const sums = Array.from({ length: count }, () => c.vector());
  const found = Array.from({ length: count }, () => c.double());
  const pair = c.vector();
  for (const sum of sums) c.splat(0).set(sum);
  c.int(0).set(q);
  c.upTo(q, at, 16, () => {
    c.get(q).at('v128.load', x).set(pair);
    sums.forEach((sum, i) => {
      c.get(rowAt)
        .get(q)
        .op('i32.add')
        .at('v128.load', l + i * row)
        .get(pair)
        .multiplyAdd(sum);
    });
  });
  /** On the stack: bytes from the factor to the first entry of the group in its first row. */
  const entry = () => c.get(rowAt).get(at).op('i32.add');
  sums.forEach((sum, i) => {
    for (let j = 0; j + 1 < i; j += 2) {
      entry().at('v128.load', l + i * row + 8 * j);
      c.get(found[j])
        .op('f64x2.splat')
        .get(found[j + 1])
        .replace(1)
        .multiplyAdd(sum);
    }
    c.get(at);
    c.get(at).at('f64.load', b + 8 * i);
    c.get(sum).extract(0).get(sum).extract(1).op('f64.add');
    if (i % 2 === 1) {
      entry().at('f64.load', l + i * row + 8 * (i - 1));
      c.get(found[i - 1]).op('f64.mul', 'f64.add');
    }
    c.op('f64.sub');
    entry().at('f64.load', l + i * row + 8 * i);
    c.op('f64.div').set(found[i]);
    c.get(found[i]).at('f64.store', x + 8 * i);
  });
}

/** By rows of L, the last first: x_i is done, and leaves the equations before it. */
function backward(c: Code, { l, x, row, at, rowAt, q }: Solving, count: number): void {
  const found = Array.from({ length: count }, () => c.double());
  const scales = Array.from({ length: count }, () => c.vector());
  const entry = (i: number, j: number) =>
    c
      .get(rowAt)
      .get(at)
      .op('i32.add')
      .at('f64.load', l + i * row + 8 * j);
  for (let i = count - 1; i >= 0; i--) {
    c.get(at).at('f64.load', x + 8 * i);
    for (let above = count - 1; above > i; above--) {
      entry(above, i).get(found[above]).op('f64.mul', 'f64.sub');
    }
    entry(i, i).op('f64.div').set(found[i]);
    c.get(at)
      .get(found[i])
      .at('f64.store', x + 8 * i);
    c.get(found[i]).op('f64x2.splat').set(scales[i]);
  }
  c.int(0).set(q);
  c.upTo(q, at, 16, () => {
    c.get(q).get(q).at('v128.load', x);
    for (let i = count - 1; i >= 0; i--) {
      c.get(rowAt)
        .get(q)
        .op('i32.add')
        .at('v128.load', l + i * row)
        .get(scales[i])
        .op('f64x2.mul', 'f64x2.sub');
    }
    c.at('v128.store', x);
  });
}
