/** Operations that rearrange entries. */

import type { GraphBuilder } from '../compiler/builder.ts';
import type { NodeId } from '../compiler/graph.ts';
import { type Shape, showShape, sizeOf } from '../compiler/shape.ts';
import { tensorOperations } from '../compiler/source/tensorOperations.ts';
import { DefinitionError } from '../errors.ts';
import { isArrayLike, show } from '../options.ts';
import { operate, readAxis, type Tensor, type TensorLike } from './tensor.ts';

/**
 * Picks entries of a vector, or rows of a matrix (in general: positions along the first axis).
 * @param indices zero-based whole numbers, possibly repeated
 * @throws DefinitionError for an index out of range
 * @example gather(a, [0, 2, 4])
 */
export function gather(a: TensorLike, indices: ArrayLike<number>): Tensor {
  return operate(gather, [a], (g, [x]) => {
    const [length, ...rest] = shapeWithAxes('gather', g.shapeOf(x));
    if (!isArrayLike(indices))
      throw new DefinitionError(`gather: the indices must be an array; they are ${show(indices)}`);
    const positions = Array.from(indices as ArrayLike<unknown>, (index, i) => {
      if (Number.isInteger(index) && Number(index) >= 0 && Number(index) < length) return Number(index);
      throw new DefinitionError(
        `gather: index ${i + 1} must be a whole number from 0 to ${length - 1}; it is ${show(index)}`,
      );
    });
    return pick(g, x, positions, 0, [positions.length, ...rest]);
  });
}

/**
 * A range along one axis, from `start` to `end` (exclusive); negative positions count from the end, as in
 * `Array.prototype.slice`.
 * @param axis zero-based (default 0); negative values count from the last axis
 * @throws DefinitionError for an axis out of range, or an empty range
 * @example slice(a, 0, 10)
 */
export function slice(a: TensorLike, start: number, end?: number, axis = 0): Tensor {
  return operate(slice, [a], (g, [x]) => {
    const shape = shapeWithAxes('slice', g.shapeOf(x));
    const along = readAxis('slice', axis, shape);
    const all = Array.from({ length: shape[along] }, (_, i) => i);
    const positions = all.slice(start, end);
    if (positions.length === 0) {
      throw new DefinitionError(
        `slice: the range from ${start} to ${end ?? 'the end'} is empty for an axis of length ${all.length}`,
      );
    }
    return pick(
      g,
      x,
      positions,
      along,
      shape.map((length, i) => (i === along ? positions.length : length)),
    );
  });
}

/**
 * Concatenates tensors along an axis; all other axes must have the same length.
 * @param axis zero-based (default 0); negative values count from the last axis
 * @throws DefinitionError if the shapes are incompatible
 * @example concatenate([a, b])
 */
export function concatenate(tensors: readonly TensorLike[], axis = 0): Tensor {
  return operate(concatenate, tensors, (g, nodes) => {
    if (nodes.length === 0) throw new DefinitionError('concatenate needs at least one tensor');
    const first = shapeWithAxes('concatenate', g.shapeOf(nodes[0]));
    const along = readAxis('concatenate', axis, first);
    const lengths = nodes.map((node) => {
      const shape = g.shapeOf(node);
      const fits = shape.length === first.length && shape.every((n, i) => i === along || n === first[i]);
      if (!fits)
        throw new DefinitionError(
          `concatenate: ${showShape(first)} and ${showShape(shape)} cannot be concatenated along axis ${along}`,
        );
      return shape[along];
    });
    const total = lengths.reduce((a, b) => a + b, 0);
    const whole = first.map((length, i) => (i === along ? total : length));
    let at = 0;
    const parts = nodes.map((node, i) => {
      const positions = Array.from({ length: lengths[i] }, (_, k) => at + k);
      at += lengths[i];
      return g.scatter(node, flatPositions(whole, positions, along), whole);
    });
    return parts.reduce((a, b) => g.add(a, b));
  });
}

/**
 * The same entries in row-major order with another shape.
 * @param shape one length may be −1 to infer it from the others
 * @throws DefinitionError if the numbers of entries differ
 * @example reshape(a, [4, -1])
 */
export function reshape(a: TensorLike, shape: readonly number[]): Tensor {
  return operate(reshape, [a], (g, [x]) => {
    const size = sizeOf(g.shapeOf(x));
    const isShape = isArrayLike(shape) && Array.from(shape).every((n) => Number.isInteger(n) && (n >= 1 || n === -1));
    if (!isShape || shape.filter((n) => n === -1).length > 1) {
      throw new DefinitionError(
        `reshape: the shape must be an array of whole numbers of at least 1; it is ${show(shape)}`,
      );
    }
    const known = shape.reduce((product, n) => (n === -1 ? product : product * n), 1);
    return g.reshape(
      x,
      shape.map((n) => (n === -1 ? size / known : n)),
    );
  });
}

function shapeWithAxes(operation: string, shape: Shape): Shape {
  if (shape.length > 0) return shape;
  throw new DefinitionError(`${operation} needs a vector or a matrix; it got ${showShape(shape)}`);
}

function pick(g: GraphBuilder, x: NodeId, positions: readonly number[], axis: number, shape: Shape): NodeId {
  return g.gather(x, flatPositions(g.shapeOf(x), positions, axis), shape);
}

/** The row-major positions in `whole` of the entries whose index along `axis` is in `positions`. */
function flatPositions(whole: Shape, positions: readonly number[], axis: number): Int32Array {
  const inner = sizeOf(whole.slice(axis + 1));
  const outer = sizeOf(whole.slice(0, axis));
  const flat = new Int32Array(outer * positions.length * inner);
  let at = 0;
  for (let o = 0; o < outer; o++) {
    for (const position of positions) {
      for (let i = 0; i < inner; i++) flat[at++] = (o * whole[axis] + position) * inner + i;
    }
  }
  return flat;
}

for (const operation of [gather, slice, concatenate, reshape]) tensorOperations.add(operation);
