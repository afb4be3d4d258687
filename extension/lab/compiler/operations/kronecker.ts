/** Entries of a sum of Kronecker products: the Gram matrices of products of matrices. */
import { compressRows, sampledTables } from '../lower/sparse.ts';
import type { NodeBase, NodeId } from '../node.ts';
import type { KernelFacts, Operation } from './operation.ts';

/**
 * Some rows and the same columns of Σ_l A_l ⊗ B_l: out[e, e′] = Σ_l A_l[i, i′] B_l[j, j′], where (i, j) and (i′, j′) are
 * the positions of the entries e and e′ in a matrix [height, width]. It is not differentiated: only systems of an
 * optimizer contain it.
 */
export interface KroneckerNode extends NodeBase {
  op: 'kronecker';
  /** The matrices A_l [height, height]; null for the identity. */
  left: readonly (NodeId | null)[];
  /** The matrices B_l [width, width]; null for the identity. */
  right: readonly (NodeId | null)[];
  /** Row-major positions of the entries. */
  indices: Int32Array;
  height: number;
  width: number;
}

/** A term whose factors are both matrices. */
export interface DenseTerm {
  left: number;
  right: number;
}

/**
 * out [count, count]. A term with an identity contributes only where two entries share their row or their column, so
 * that entries are also grouped by both: those of group i are order[starts[i]] to order[starts[i + 1] − 1]. All tables
 * are positions in the program's index tables.
 */
export interface KroneckerKernel {
  kind: 'kronecker';
  out: number;
  count: number;
  height: number;
  width: number;
  rows: number;
  columns: number;
  byRow: { starts: number; order: number };
  byColumn: { starts: number; order: number };
  /** The matrices B of I ⊗ B, which are added first. */
  inRow: readonly number[];
  /** A ⊗ B. */
  dense: readonly DenseTerm[];
  /** The matrices A of A ⊗ I. */
  inColumn: readonly number[];
  /** How many terms are I ⊗ I; they are added last. */
  identities: number;
}

const refuse = (): never => {
  throw new Error('the Gram matrix of an optimizer is not differentiated');
};

const kronecker: Operation<KroneckerNode, KroneckerKernel> = {
  operands: ['left', 'right'],
  keepsFinite: true,
  shape: ({ indices }) => [indices.length, indices.length],
  describe({ left, right, indices }, label) {
    const name = (matrix: NodeId | null) => (matrix === null ? 'I' : label(matrix));
    const terms = left.map((matrix, l) => `${name(matrix)} ⊗ ${name(right[l])}`);
    return `${indices.length} × ${indices.length} entries of ${terms.join(' + ')}`;
  },
  reverse: refuse,
  forward: refuse,
  lower({ left, right, indices, height, width }, id, { place, table }) {
    const { rows, columns } = sampledTables(indices, width);
    const grouped = (transposed: boolean) => {
      const { starts, order } = compressRows(indices, height, width, transposed);
      return { starts: table(starts), order: table(order) };
    };
    const terms = left.map((a, l) => ({
      left: a === null ? null : place(a),
      right: right[l] === null ? null : place(right[l]),
    }));
    return {
      kind: 'kronecker',
      out: place(id),
      count: indices.length,
      height,
      width,
      rows: table(rows),
      columns: table(columns),
      byRow: grouped(false),
      byColumn: grouped(true),
      dense: terms.filter((term): term is DenseTerm => term.left !== null && term.right !== null),
      inRow: terms.flatMap((term) => (term.left === null && term.right !== null ? [term.right] : [])),
      inColumn: terms.flatMap((term) => (term.left !== null && term.right === null ? [term.left] : [])),
      identities: terms.filter((term) => term.left === null && term.right === null).length,
    };
  },
};

export const kroneckerProducts = { kronecker };

export const kroneckerKernels: { kronecker: KernelFacts<KroneckerKernel> } = {
  kronecker: {
    work({ count, dense, inRow, inColumn, height, width }) {
      const others = (inRow.length / height + inColumn.length / width) * count;
      return { flops: count * (2 * dense.length * count + others), words: count * count * (1 + 2 * dense.length) };
    },
  },
};
