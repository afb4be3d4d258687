/** Operations that move entries, and compute nothing. */
import { DefinitionError } from '../../errors.ts';
import type { NodeBase, NodeId } from '../node.ts';
import { broadcastStrides, showShape, sizeOf } from '../shape.ts';
import { type KernelFacts, type Layout, lift, type Operation } from './operation.ts';

/** Repeats axes of length 1, and adds axes in front. */
export interface BroadcastNode extends NodeBase {
  op: 'broadcast';
  a: NodeId;
}

export interface ReshapeNode extends NodeBase {
  op: 'reshape';
  a: NodeId;
}

/** Of a matrix. */
export interface TransposeNode extends NodeBase {
  op: 'transpose';
  a: NodeId;
}

/** out[i] = a[indices[i]], both flat. */
export interface GatherNode extends NodeBase {
  op: 'gather';
  a: NodeId;
  indices: Int32Array;
}

/** out[indices[i]] += a[i], both flat, from zero. */
export interface ScatterNode extends NodeBase {
  op: 'scatter';
  a: NodeId;
  indices: Int32Array;
}

/** out, row-major of `shape`, from `a` with the given strides (0 repeats): broadcasting and transposition. */
export interface CopyKernel {
  kind: 'copy';
  a: number;
  out: number;
  shape: number[];
  strides: number[];
}

/** `indices` is a position in the program's index tables; `scatter` first fills `out` with zeros. */
export interface IndexKernel {
  kind: 'gather' | 'scatter';
  a: number;
  out: number;
  indices: number;
  length: number;
  /** Entries of `out`. */
  size: number;
}

const broadcast: Operation<BroadcastNode, CopyKernel> = {
  operands: ['a'],
  keepsFinite: true,
  reverse({ a, shape }, _id, { incoming, send }) {
    send(a, incoming, { shape });
  },
  forward: ({ a, shape }, _id, { g, full }) => lift(full(a), (t) => g.broadcast(t, shape)),
  lower({ a, shape }, id, { place, shapeOf }) {
    const strides = broadcastStrides(shapeOf(a), shape);
    return { kind: 'copy', a: place(a), out: place(id), shape: [...shape], strides };
  },
};

/** It shares the storage of its operand. */
const reshape: Operation<ReshapeNode, never> = {
  operands: ['a'],
  keepsFinite: true,
  reverse({ a }, _id, { g, full, send }) {
    send(a, g.reshape(full(), g.shapeOf(a)));
  },
  forward: ({ a, shape }, _id, { g, full }) => lift(full(a), (t) => g.reshape(t, shape)),
};

const transpose: Operation<TransposeNode, CopyKernel> = {
  operands: ['a'],
  keepsFinite: true,
  shape({ a }, shapeOf) {
    const shape = shapeOf(a);
    if (shape.length !== 2) throw new DefinitionError(`transpose needs a matrix; it got ${showShape(shape)}`);
    return [shape[1], shape[0]];
  },
  reverse({ a }, _id, { g, full, send }) {
    send(a, g.transpose(full()));
  },
  forward: ({ a }, _id, { g, full }) => lift(full(a), (t) => g.transpose(t)),
  lower: ({ a, shape }, id, { place }) => ({
    kind: 'copy',
    a: place(a),
    out: place(id),
    shape: [...shape],
    strides: [1, shape[0]],
  }),
};

const gather: Operation<GatherNode, IndexKernel> = {
  operands: ['a'],
  keepsFinite: true,
  describe: ({ a, indices }, label) => `gather(${label(a)}) at ${indices.length} positions`,
  reverse({ a, indices }, _id, { g, full, send }) {
    send(a, g.scatter(full(), indices, g.shapeOf(a)));
  },
  forward: ({ a, indices, shape }, _id, { g, full }) => lift(full(a), (t) => g.gather(t, indices, shape)),
  lower: (node, id, layout) => indexKernel('gather', node, id, layout),
};

const scatter: Operation<ScatterNode, IndexKernel> = {
  operands: ['a'],
  keepsFinite: true,
  describe: ({ a, indices }, label) => `scatter(${label(a)}) at ${indices.length} positions`,
  reverse({ a, indices }, _id, { g, full, send }) {
    send(a, g.gather(full(), indices, g.shapeOf(a)));
  },
  forward: ({ a, indices, shape }, _id, { g, full }) => lift(full(a), (t) => g.scatter(t, indices, shape)),
  lower: (node, id, layout) => indexKernel('scatter', node, id, layout),
};

function indexKernel(
  kind: IndexKernel['kind'],
  { a, indices, shape }: GatherNode | ScatterNode,
  id: NodeId,
  { place, table }: Layout,
): IndexKernel {
  return {
    kind,
    a: place(a),
    out: place(id),
    indices: table(indices),
    length: indices.length,
    size: sizeOf(shape),
  };
}

export const rearranging = { broadcast, reshape, transpose, gather, scatter };

export const rearrangingKernels: {
  copy: KernelFacts<CopyKernel>;
  gather: KernelFacts<IndexKernel>;
  scatter: KernelFacts<IndexKernel>;
} = {
  copy: { work: ({ shape }) => ({ flops: 0, words: 2 * sizeOf(shape) }) },
  gather: { work: ({ length, size }) => ({ flops: 0, words: 2 * length + size }) },
  scatter: { work: ({ length, size }) => ({ flops: length, words: 2 * length + size }) },
};
