import type { Expressions } from '../expressions.ts';
import type { NodeBase, NodeId } from '../node.ts';
import { sizeOf } from '../shape.ts';
import { type KernelFacts, lift, type Operation } from './operation.ts';

export type Reduction = 'sum' | 'min' | 'max';

/** Over the given axes, which are dropped. */
export interface ReduceNode extends NodeBase {
  op: 'reduce';
  fn: Reduction;
  a: NodeId;
  axes: readonly number[];
}

/** out [outer, inner] from a [outer, length, inner]. */
export interface ReduceKernel {
  kind: 'reduce';
  fn: Reduction;
  a: number;
  out: number;
  outer: number;
  length: number;
  inner: number;
}

/** The shape of the operand with length 1 in place of the axes that were reduced. */
function keptShape(g: Expressions, { a, axes }: ReduceNode): number[] {
  return g.shapeOf(a).map((length, axis) => (axes.includes(axis) ? 1 : length));
}

const reduce: Operation<ReduceNode, ReduceKernel> = {
  operands: ['a'],
  keepsFinite: true,
  describe: ({ fn, a, axes, shape }, label) =>
    `${fn}(${label(a)})${shape.length > 0 ? ` over axis ${axes.join(', ')}` : ''}`,
  reverse(node, id, { g, incoming, send }) {
    const shape = g.shapeOf(node.a);
    const kept = keptShape(g, node);
    const spread = (value: NodeId) =>
      g.shapeOf(value).length === 0 ? value : g.broadcast(g.reshape(value, kept), shape);
    if (node.fn === 'sum') {
      send(node.a, spread(incoming));
      return;
    }
    // The derivative of a minimum or maximum is shared by the entries that attain it.
    const attained = g.binary('equal', node.a, spread(id));
    const share = g.select(attained, spread(g.divide(incoming, g.sum(attained, node.axes))), g.scalar(0));
    send(node.a, share, { isOpen: true });
  },
  forward: (node, id, { g, full }) =>
    lift(full(node.a), (t) => {
      if (node.fn === 'sum') return g.sum(t, node.axes);
      const shape = g.shapeOf(node.a);
      const attained = g.binary('equal', node.a, g.broadcast(g.reshape(id, keptShape(g, node)), shape));
      const all = g.sum(g.select(attained, t, g.scalar(0)), node.axes);
      return g.divide(all, g.sum(attained, node.axes));
    }),
  lower({ fn, a, axes: [axis] }, id, { place, shapeOf }) {
    const shape = shapeOf(a);
    const outer = sizeOf(shape.slice(0, axis));
    const inner = sizeOf(shape.slice(axis + 1));
    return { kind: 'reduce', fn, a: place(a), out: place(id), outer, length: shape[axis], inner };
  },
};

export const reductions = { reduce };

export const reductionKernels: { reduce: KernelFacts<ReduceKernel> } = {
  reduce: {
    work({ outer, length, inner }) {
      const size = outer * length * inner;
      return { flops: size, words: size + outer * inner };
    },
  },
};
