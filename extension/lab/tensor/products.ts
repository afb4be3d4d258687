/** Tensor products, transposition, and reductions over axes. */

import type { GraphBuilder } from '../compiler/builder.ts';
import type { NodeId } from '../compiler/graph.ts';
import { showShape, sizeOf } from '../compiler/shape.ts';
import { tensorOperations } from '../compiler/source/tensorOperations.ts';
import { DefinitionError } from '../errors.ts';
import { operate, readAxis, type Tensor, type TensorLike } from './tensor.ts';

/**
 * The matrix product, [m, k] × [k, n] → [m, n]. A vector is treated as a row on the left and as a column on the right,
 * and the result lacks that axis.
 * @throws DefinitionError if the shapes are incompatible, for example `matmul: [20, 3] × [4, 20]: 3 ≠ 4`
 * @example matmul(b, a)
 */
export function matmul(a: TensorLike, b: TensorLike): Tensor {
  return operate(matmul, [a, b], (g, [left, right]) => {
    const [shapeA, shapeB] = [g.shapeOf(left), g.shapeOf(right)];
    const [row, column] = [shapeA.length === 1, shapeB.length === 1];
    const inner = row ? shapeA[0] : shapeA[1];
    if (shapeA.length > 2 || shapeB.length > 2 || inner === undefined || inner !== shapeB[0]) {
      const why = inner === undefined || shapeB.length === 0 || shapeA.length > 2 || shapeB.length > 2;
      throw new DefinitionError(
        `matmul: ${showShape(shapeA)} × ${showShape(shapeB)}: ${why ? 'both must be matrices or vectors' : `${inner} ≠ ${shapeB[0]}`}`,
      );
    }
    const product = g.matmul(row ? g.reshape(left, [1, inner]) : left, column ? g.reshape(right, [inner, 1]) : right);
    const [m, n] = g.shapeOf(product);
    return g.reshape(product, [...(row ? [] : [m]), ...(column ? [] : [n])]);
  });
}

/**
 * The transpose, [m, n] → [n, m].
 * @throws DefinitionError for anything but a matrix
 * @example matmul(a, transpose(a))
 */
export function transpose(a: TensorLike): Tensor {
  return operate(transpose, [a], (g, [x]) => g.transpose(x));
}

/**
 * The circular convolution of two vectors of equal length d: out_k = Σ_j a_j b_{(k − j) mod d}.
 * @throws DefinitionError if the shapes are incompatible
 * @example convolve(a, b)
 */
export function convolve(a: TensorLike, b: TensorLike): Tensor {
  return operate(convolve, [a, b], (g, [left, right]) => g.convolve(left, right));
}

/**
 * The inner product ⟨a, b⟩ of two tensors of equal shape, a scalar.
 * @throws DefinitionError if the shapes are incompatible
 * @example multiply(dot(a, b), c)
 */
export function dot(a: TensorLike, b: TensorLike): Tensor {
  return operate(dot, [a, b], (g, [left, right]) => {
    const [shapeA, shapeB] = [g.shapeOf(left), g.shapeOf(right)];
    if (showShape(shapeA) !== showShape(shapeB)) {
      throw new DefinitionError(
        `dot needs two tensors of equal shape; it got ${showShape(shapeA)} and ${showShape(shapeB)}`,
      );
    }
    return g.sum(g.multiply(left, right));
  });
}

/**
 * The sum over all entries, or over one or more axes, which are removed.
 * @param axis zero-based; negative values count from the last axis
 * @throws DefinitionError for an axis out of range
 * @example divide(a, sum(a))
 */
export function sum(a: TensorLike, axis?: number | readonly number[]): Tensor {
  return operate(sum, [a], (g, [x]) => g.sum(x, axesOf('sum', g, x, axis)));
}

/**
 * The mean over all entries, or over one or more axes, which are removed.
 * @param axis zero-based; negative values count from the last axis
 * @throws DefinitionError for an axis out of range
 * @example subtract(a, mean(a))
 */
export function mean(a: TensorLike, axis?: number | readonly number[]): Tensor {
  return operate(mean, [a], (g, [x]) => {
    const axes = axesOf('mean', g, x, axis);
    const count = sizeOf(axes.map((position) => g.shapeOf(x)[position]));
    return g.multiply(g.scalar(1 / count), g.sum(x, axes));
  });
}

function axesOf(operation: string, g: GraphBuilder, x: NodeId, axis?: number | readonly number[]): number[] {
  const shape = g.shapeOf(x);
  if (axis === undefined) return shape.map((_, position) => position);
  const asked = typeof axis === 'number' ? [axis] : Array.from(axis);
  return [...new Set(asked.map((one) => readAxis(operation, one, shape)))];
}

for (const operation of [matmul, transpose, convolve, dot, sum, mean]) tensorOperations.add(operation);
