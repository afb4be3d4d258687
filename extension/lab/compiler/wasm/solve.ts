/** Prints the solution of a system with its Cholesky factor. */

import type { Code } from '../../assembler/code.ts';
import type { SolveKernel } from '../operations/linearSystem.ts';

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
