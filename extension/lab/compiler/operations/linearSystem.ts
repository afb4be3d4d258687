/** Symmetric positive definite systems: those that an optimizer solves. They are not differentiated. */
import type { NodeBase, NodeId } from '../node.ts';
import type { KernelFacts, Operation } from './operation.ts';

/** L of a = L Lᵀ (lower triangle; the rest is not defined); NaN where a is not of full rank in float64. */
export interface CholeskyNode extends NodeBase {
  op: 'cholesky';
  a: NodeId;
}

/** x of L Lᵀ x = b, with `a` = L. */
export interface SolveCholeskyNode extends NodeBase {
  op: 'solveCholesky';
  a: NodeId;
  b: NodeId;
}

/** out = L of a = L Lᵀ, lower triangle, NaN from the first pivot on that is not above the cutoff. */
export interface CholeskyKernel {
  kind: 'cholesky';
  a: number;
  out: number;
  size: number;
}

/** out = x of L Lᵀ x = b, with L at `a`. */
export interface SolveKernel {
  kind: 'solveCholesky';
  a: number;
  b: number;
  out: number;
  size: number;
}

const refuse = (): never => {
  throw new Error('a linear system of the optimizer is not differentiated');
};

const cholesky: Operation<CholeskyNode, CholeskyKernel> = {
  operands: ['a'],
  keepsFinite: false,
  shape: ({ a }, shapeOf) => shapeOf(a),
  reverse: refuse,
  forward: refuse,
  lower: ({ a, shape: [size] }, id, { place }) => ({ kind: 'cholesky', a: place(a), out: place(id), size }),
};

const solveCholesky: Operation<SolveCholeskyNode, SolveKernel> = {
  operands: ['a', 'b'],
  keepsFinite: false,
  shape: ({ b }, shapeOf) => shapeOf(b),
  reverse: refuse,
  forward: refuse,
  lower: ({ a, b, shape: [size] }, id, { place }) => ({
    kind: 'solveCholesky',
    a: place(a),
    b: place(b),
    out: place(id),
    size,
  }),
};

export const linearSystems = { cholesky, solveCholesky };

export const linearSystemKernels: {
  cholesky: KernelFacts<CholeskyKernel>;
  solveCholesky: KernelFacts<SolveKernel>;
} = {
  cholesky: { work: ({ size }) => ({ flops: size ** 3 / 3, words: 2 * size ** 2 }) },
  solveCholesky: { work: ({ size }) => ({ flops: 2 * size ** 2, words: size ** 2 }) },
};
