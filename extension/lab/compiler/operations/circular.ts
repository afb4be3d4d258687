/** Circular convolution and correlation of two vectors of one length. */
import { DefinitionError } from '../../errors.ts';
import type { NodeBase, NodeId } from '../node.ts';
import { type Shape, sameShape, showShape } from '../shape.ts';
import { type KernelFacts, lift, type Operation, sumOf } from './operation.ts';

/** out[k] = Σ_j a[j] b[k − j]. */
export interface ConvolveNode extends NodeBase {
  op: 'convolve';
  a: NodeId;
  b: NodeId;
}

/** out[j] = Σ_k a[k] b[k − j]. */
export interface CorrelateNode extends NodeBase {
  op: 'correlate';
  a: NodeId;
  b: NodeId;
}

export interface CircularKernel {
  kind: 'convolve' | 'correlate';
  a: number;
  b: number;
  out: number;
  length: number;
}

function shapeOfBoth(op: string, left: Shape, right: Shape): Shape {
  if (left.length === 1 && sameShape(left, right)) return left;
  throw new DefinitionError(`${op} needs two vectors of one length; it got ${showShape(left)} and ${showShape(right)}`);
}

const convolve: Operation<ConvolveNode, CircularKernel> = {
  operands: ['a', 'b'],
  keepsFinite: true,
  shape: ({ a, b }, shapeOf) => shapeOfBoth('convolve', shapeOf(a), shapeOf(b)),
  reverse({ a, b }, _id, { g, full: fullOf, needs, factor, send }) {
    const full = fullOf();
    if (needs(a)) send(a, g.correlate(full, factor(b)));
    if (needs(b)) send(b, g.correlate(full, factor(a)));
  },
  forward({ a, b }, _id, { g, full }) {
    const left = lift(full(a), (t) => g.convolve(t, b));
    const right = lift(full(b), (t) => g.convolve(a, t));
    return sumOf(g, left, right);
  },
  lower: ({ a, b, shape: [length] }, id, { place }) => ({
    kind: 'convolve',
    a: place(a),
    b: place(b),
    out: place(id),
    length,
  }),
};

const correlate: Operation<CorrelateNode, CircularKernel> = {
  operands: ['a', 'b'],
  keepsFinite: true,
  shape: ({ a, b }, shapeOf) => shapeOfBoth('correlate', shapeOf(a), shapeOf(b)),
  reverse({ a, b }, _id, { g, full: fullOf, needs, factor, send }) {
    const full = fullOf();
    if (needs(a)) send(a, g.convolve(full, factor(b)));
    if (needs(b)) send(b, g.correlate(factor(a), full));
  },
  forward({ a, b }, _id, { g, full }) {
    const left = lift(full(a), (t) => g.correlate(t, b));
    const right = lift(full(b), (t) => g.correlate(a, t));
    return sumOf(g, left, right);
  },
  lower: ({ a, b, shape: [length] }, id, { place }) => ({
    kind: 'correlate',
    a: place(a),
    b: place(b),
    out: place(id),
    length,
  }),
};

export const circular = { convolve, correlate };

const facts: KernelFacts<CircularKernel> = { work: ({ length }) => ({ flops: 2 * length ** 2, words: 3 * length }) };
export const circularKernels = { convolve: facts, correlate: facts };
