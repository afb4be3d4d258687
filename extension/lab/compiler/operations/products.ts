/** Products of matrices, whole, at some entries, and with few entries. */
import { DefinitionError } from '../../errors.ts';
import { compressRows, sampledTables } from '../lower/sparse.ts';
import type { NodeBase, NodeId } from '../node.ts';
import { type Shape, showShape } from '../shape.ts';
import { type KernelFacts, lift, type Operation, sumOf } from './operation.ts';

/** [m, k] × [k, n], each operand transposed first where said. */
export interface MatmulNode extends NodeBase {
  op: 'matmul';
  a: NodeId;
  b: NodeId;
  transposeA: boolean;
  transposeB: boolean;
}

/** Some entries of a bᵀ: out[e] = a[row] · b[column], `indices` being their row-major positions. */
export interface SampledMatmulNode extends NodeBase {
  op: 'sampledMatmul';
  a: NodeId;
  b: NodeId;
  indices: Int32Array;
}

/** S b with S sparse: `a` holds its entries, `indices` their row-major positions in `sparse`; Sᵀ b where transposed. */
export interface SparseMatmulNode extends NodeBase {
  op: 'sparseMatmul';
  a: NodeId;
  b: NodeId;
  indices: Int32Array;
  sparse: Shape;
  transposed: boolean;
}

/** out [m, n] = op(a) [m, k] × op(b) [k, n]; a transposed operand is stored the other way round. */
export interface MatmulKernel {
  kind: 'matmul';
  m: number;
  k: number;
  n: number;
  a: number;
  b: number;
  out: number;
  transposeA: boolean;
  transposeB: boolean;
}

/** out[e] = a[rows[e]] · b[columns[e]], both with `inner` columns; the tables are positions in the index tables. */
export interface SampledKernel {
  kind: 'sampledMatmul';
  a: number;
  b: number;
  out: number;
  rows: number;
  columns: number;
  length: number;
  inner: number;
}

/**
 * out [rows, width] = S b, S in compressed rows: the entries of row i are those from starts[i] to starts[i + 1], each
 * with its column and its position in `values`. The tables are positions in the program's index tables.
 */
export interface SparseKernel {
  kind: 'sparseMatmul';
  values: number;
  b: number;
  out: number;
  starts: number;
  columns: number;
  order: number;
  rows: number;
  width: number;
}

const matmul: Operation<MatmulNode, MatmulKernel> = {
  operands: ['a', 'b'],
  keepsFinite: true,
  shape({ a, b, transposeA, transposeB }, shapeOf) {
    const [left, right] = [shapeOf(a), shapeOf(b)];
    const [m, k] = transposeA ? [left[1], left[0]] : left;
    const [l, n] = transposeB ? [right[1], right[0]] : right;
    if (left.length === 2 && right.length === 2 && k === l) return [m, n];
    const sizes = [left, right].map((shape, i) =>
      showShape([transposeA, transposeB][i] ? [...shape].reverse() : shape),
    );
    throw new DefinitionError(`matmul: ${sizes.join(' × ')}: ${k !== l ? `${k} ≠ ${l}` : 'both must be matrices'}`);
  },
  describe: ({ a, b, transposeA, transposeB }, label) =>
    `${label(a)}${transposeA ? 'ᵀ' : ''} × ${label(b)}${transposeB ? 'ᵀ' : ''}`,
  reverse(node, _id, { g, full: fullOf, needs, factor, send }) {
    const full = fullOf();
    const [left, right] = [factor(node.a), factor(node.b)];
    const a = node.transposeA ? g.transpose(left) : left;
    const b = node.transposeB ? g.transpose(right) : right;
    if (needs(node.a)) {
      const da = g.matmul(full, g.transpose(b));
      send(node.a, node.transposeA ? g.transpose(da) : da);
    }
    if (needs(node.b)) {
      const db = g.matmul(g.transpose(a), full);
      send(node.b, node.transposeB ? g.transpose(db) : db);
    }
  },
  forward({ a, b, transposeA, transposeB }, _id, { g, full }) {
    const flip = (operand: NodeId, transposed: boolean) => (transposed ? g.transpose(operand) : operand);
    const left = lift(full(a), (t) => g.matmul(flip(t, transposeA), flip(b, transposeB)));
    const right = lift(full(b), (t) => g.matmul(flip(a, transposeA), flip(t, transposeB)));
    return sumOf(g, left, right);
  },
  lower({ a, b, shape: [m, n], transposeA, transposeB }, id, { place, shapeOf }) {
    const k = shapeOf(a)[transposeA ? 0 : 1];
    return { kind: 'matmul', m, k, n, a: place(a), b: place(b), out: place(id), transposeA, transposeB };
  },
};

const sampledMatmul: Operation<SampledMatmulNode, SampledKernel> = {
  operands: ['a', 'b'],
  keepsFinite: true,
  shape: ({ indices }) => [indices.length],
  describe: ({ a, b, indices }, label) => `${indices.length} entries of ${label(a)} × ${label(b)}ᵀ`,
  reverse({ a, b, indices }, _id, { g, full, needs, factor, send }) {
    const product = [g.shapeOf(a)[0], g.shapeOf(b)[0]];
    const scattered = g.scatter(full(), indices, product);
    if (needs(a)) send(a, g.matmul(scattered, factor(b)));
    if (needs(b)) send(b, g.matmul(g.transpose(scattered), factor(a)));
  },
  forward({ a, b, indices, shape }, _id, { g, full }) {
    const entries = (left: NodeId, right: NodeId) => g.gather(g.matmul(left, g.transpose(right)), indices, shape);
    const left = lift(full(a), (t) => entries(t, b));
    const right = lift(full(b), (t) => entries(a, t));
    return sumOf(g, left, right);
  },
  lower({ a, b, indices }, id, { place, shapeOf, table }) {
    const { rows, columns } = sampledTables(indices, shapeOf(b)[0]);
    return {
      kind: 'sampledMatmul',
      a: place(a),
      b: place(b),
      out: place(id),
      rows: table(rows),
      columns: table(columns),
      length: indices.length,
      inner: shapeOf(a)[1],
    };
  },
};

const sparseMatmul: Operation<SparseMatmulNode, SparseKernel> = {
  operands: ['a', 'b'],
  keepsFinite: true,
  shape: ({ b, sparse, transposed }, shapeOf) => [sparse[transposed ? 1 : 0], shapeOf(b)[1]],
  describe: ({ a, b, transposed }, label) => `sparse(${label(a)})${transposed ? 'ᵀ' : ''} × ${label(b)}`,
  reverse({ a, b, indices, sparse, transposed }, _id, { g, full: fullOf, needs, factor, send }) {
    const full = fullOf();
    const right = factor(b);
    if (needs(a)) {
      const [rows, columns] = transposed ? [right, full] : [full, right];
      send(a, g.gather(g.matmul(rows, g.transpose(columns)), indices, g.shapeOf(a)));
    }
    if (needs(b)) {
      const matrix = g.scatter(factor(a), indices, sparse);
      send(b, g.matmul(transposed ? matrix : g.transpose(matrix), full));
    }
  },
  forward({ a, b, indices, sparse, transposed }, _id, { g, full }) {
    const matrix = (entries: NodeId) => {
      const scattered = g.scatter(entries, indices, sparse);
      return transposed ? g.transpose(scattered) : scattered;
    };
    const left = lift(full(a), (t) => g.matmul(matrix(t), b));
    const right = lift(full(b), (t) => g.matmul(matrix(a), t));
    return sumOf(g, left, right);
  },
  lower({ a, b, indices, sparse: [height, width], transposed, shape }, id, { place, table }) {
    const { starts, columns, order } = compressRows(indices, height, width, transposed);
    return {
      kind: 'sparseMatmul',
      values: place(a),
      b: place(b),
      out: place(id),
      starts: table(starts),
      columns: table(columns),
      order: table(order),
      rows: shape[0],
      width: shape[1],
    };
  },
};

export const products = { matmul, sampledMatmul, sparseMatmul };

export const productKernels: {
  matmul: KernelFacts<MatmulKernel>;
  sampledMatmul: KernelFacts<SampledKernel>;
  sparseMatmul: KernelFacts<SparseKernel>;
} = {
  matmul: { work: ({ m, k, n }) => ({ flops: 2 * m * k * n, words: m * k + k * n + m * n }) },
  sampledMatmul: { work: ({ length, inner }) => ({ flops: 2 * length * inner, words: 2 * length * inner }) },
  sparseMatmul: {
    work({ starts, rows, width }, indices) {
      const entries = indices[starts + rows] * width;
      return { flops: 2 * entries, words: entries + rows * width };
    },
  },
};
