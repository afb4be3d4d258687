/** Shapes of tensors: the length of each axis, outermost first; `[]` is a scalar. Everything is stored row-major. */
import { DefinitionError } from '../errors.ts';

export type Shape = readonly number[];

/** Number of entries. */
export function sizeOf(shape: Shape): number {
  return shape.reduce((product, length) => product * length, 1);
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((length, axis) => length === b[axis]);
}

export function showShape(shape: Shape): string {
  return shape.length === 0 ? 'a scalar' : `[${shape.join(', ')}]`;
}

/**
 * The common shape of two operands, aligned at the last axis as NumPy does.
 * @throws DefinitionError where two axes differ and neither is 1
 */
export function broadcastShapes(a: Shape, b: Shape, operation: string): Shape {
  const rank = Math.max(a.length, b.length);
  const shape: number[] = [];
  for (let axis = 1; axis <= rank; axis++) {
    const left = axis <= a.length ? a[a.length - axis] : 1;
    const right = axis <= b.length ? b[b.length - axis] : 1;
    if (left !== right && left !== 1 && right !== 1) {
      throw new DefinitionError(`${operation}: ${showShape(a)} and ${showShape(b)} do not fit: ${left} ≠ ${right}`);
    }
    shape.unshift(left === 1 ? right : left);
  }
  return shape;
}

/** Row-major strides; an axis of length 1 that is repeated to `target` gets stride 0. */
export function broadcastStrides(shape: Shape, target: Shape): number[] {
  const strides: number[] = new Array(target.length).fill(0);
  let stride = 1;
  for (let axis = 1; axis <= shape.length; axis++) {
    const length = shape[shape.length - axis];
    strides[target.length - axis] = length === 1 ? 0 : stride;
    stride *= length;
  }
  return strides;
}
