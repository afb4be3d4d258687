/** A matrix product in memory. */
import type { Code } from '../../assembler/code.ts';
import type { MatmulKernel } from '../operations/products.ts';

/** Strides, in bytes, of an operand along the result's index and along the inner dimension. */
export interface Strides {
  outer: number;
  inner: number;
}

export interface Product {
  m: number;
  k: number;
  n: number;
  /** Byte offsets. */
  a: number;
  b: number;
  out: number;
  /** Of op(a): rows and inner. */
  aStrides: Strides;
  /** Of op(b): columns and inner. */
  bStrides: Strides;
}

export function productOf(kernel: MatmulKernel): Product {
  const { m, k, n, transposeA, transposeB } = kernel;
  return {
    m,
    k,
    n,
    a: 8 * kernel.a,
    b: 8 * kernel.b,
    out: 8 * kernel.out,
    aStrides: transposeA ? { outer: 8, inner: 8 * m } : { outer: 8 * k, inner: 8 },
    bStrides: transposeB ? { outer: 8 * k, inner: 8 } : { outer: 8, inner: 8 * n },
  };
}

/** Copies the lower triangle to the upper one. */
export function mirror(c: Code, { n, out }: Product, i: number, j: number): void {
  if (n < 2) return;
  const [from, to] = [c.integer(), c.integer()];
  c.loop(i, 1, n, 1, () => {
    c.get(i)
      .int(8 * n)
      .op('i32.mul')
      .set(from);
    c.get(i).int(3).op('i32.shl').set(to);
    c.loopTo(j, i, 1, () => {
      c.get(to).get(from).at('f64.load', out).at('f64.store', out);
      c.get(from).int(8).op('i32.add').set(from);
      c.get(to)
        .int(8 * n)
        .op('i32.add')
        .set(to);
    });
  });
}
