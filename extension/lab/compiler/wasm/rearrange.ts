/** Prints the kernels that move entries: copies with strides, gathers, scatters, reductions over an axis, convolutions. */

import type { Code } from '../../assembler/code.ts';
import type { CircularKernel } from '../operations/circular.ts';
import type { CopyKernel, IndexKernel } from '../operations/rearranging.ts';
import type { ReduceKernel } from '../operations/reductions.ts';

export function encodeCopy(c: Code, { a, out, shape, strides }: CopyKernel): void {
  const size = shape.reduce((product, length) => product * length, 1);
  if (size === 0) return;
  const to = c.integer();
  const from = c.integer();
  c.int(0).set(to).int(0).set(from);
  const nest = (axis: number) => {
    const isLast = axis === shape.length - 1;
    const index = c.integer();
    if (shape.length === 0) {
      c.get(to)
        .get(from)
        .at('f64.load', 8 * a)
        .at('f64.store', 8 * out);
      return;
    }
    c.loop(index, 0, shape[axis], 1, () => {
      if (isLast) {
        c.get(to)
          .get(from)
          .at('f64.load', 8 * a)
          .at('f64.store', 8 * out);
        c.get(to).int(8).op('i32.add').set(to);
      } else {
        nest(axis + 1);
      }
      c.get(from)
        .int(8 * strides[axis])
        .op('i32.add')
        .set(from);
    });
    c.get(from)
      .int(-8 * strides[axis] * shape[axis])
      .op('i32.add')
      .set(from);
  };
  nest(0);
}

export function encodeReduce(c: Code, { fn, a, out, outer, length, inner }: ReduceKernel): void {
  const [i, j, q, from, to] = Array.from({ length: 5 }, () => c.integer());
  const value = c.vector();
  c.int(0).set(to);
  c.loop(i, 0, outer, 1, () => {
    c.loop(j, 0, inner, 1, () => {
      c.get(i)
        .int(8 * length * inner)
        .op('i32.mul')
        .get(j)
        .int(3)
        .op('i32.shl', 'i32.add')
        .set(from);
      c.splat({ sum: 0, min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY }[fn]).set(value);
      c.loop(q, 0, length, 1, () => {
        c.get(value)
          .get(from)
          .at('v128.load64_splat', 8 * a)
          .op(fn === 'sum' ? 'f64x2.add' : `f64x2.${fn}`)
          .set(value);
        c.get(from)
          .int(8 * inner)
          .op('i32.add')
          .set(from);
      });
      c.get(to)
        .get(value)
        .storeLane(8 * out);
      c.get(to).int(8).op('i32.add').set(to);
    });
  });
}

/** @param tables byte offset of the index tables */
export function encodeIndex(c: Code, kernel: IndexKernel, tables: number): void {
  const { kind, a, out, indices, length, size } = kernel;
  const [i, at] = [c.integer(), c.integer()];
  if (kind === 'scatter') {
    const pairs = size - (size % 2);
    if (pairs > 0)
      c.loop(i, 0, 8 * pairs, 16, () =>
        c
          .get(i)
          .splat(0)
          .at('v128.store', 8 * out),
      );
    if (size % 2 === 1)
      c.int(8 * pairs)
        .splat(0)
        .storeLane(8 * out);
  }
  if (length === 0) return;
  c.loop(i, 0, length, 1, () => {
    c.get(i)
      .int(2)
      .op('i32.shl')
      .at('i32.load', tables + 4 * indices)
      .int(3)
      .op('i32.shl')
      .set(at);
    if (kind === 'gather') {
      c.get(i)
        .int(3)
        .op('i32.shl')
        .get(at)
        .at('f64.load', 8 * a)
        .at('f64.store', 8 * out);
    } else {
      c.get(at)
        .get(at)
        .at('f64.load', 8 * out)
        .get(i)
        .int(3)
        .op('i32.shl')
        .at('f64.load', 8 * a)
        .op('f64.add')
        .at('f64.store', 8 * out);
    }
  });
}

/** convolve: out[k] = Σ_j a[j] b[k − j]; correlate: out[k] = Σ_j a[j] b[j − k]; indices modulo the length. */
export function encodeCircular(c: Code, { kind, a, b, out, length }: CircularKernel): void {
  const [k, j, at] = [c.integer(), c.integer(), c.integer()];
  const sum = c.double();
  const bytes = 8 * length;
  c.loop(k, 0, bytes, 8, () => {
    c.double64(0).set(sum);
    c.loop(j, 0, bytes, 8, () => {
      if (kind === 'convolve') c.get(k).get(j).op('i32.sub').set(at);
      else c.get(j).get(k).op('i32.sub').set(at);
      // Wraps negative positions around.
      c.get(at).get(at).int(0).op('i32.lt_s').int(bytes).op('i32.mul', 'i32.add').set(at);
      c.get(sum)
        .get(j)
        .at('f64.load', 8 * a)
        .get(at)
        .at('f64.load', 8 * b)
        .op('f64.mul', 'f64.add')
        .set(sum);
    });
    c.get(k)
      .get(sum)
      .at('f64.store', 8 * out);
  });
}
