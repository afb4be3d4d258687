/** What positions of entries are, as a whole: operations are chosen by it. */
import { type Shape, sizeOf } from './shape.ts';

/** With at most a third of its entries, a sparse product is faster (measured; dense products use registers better). */
export function isSparse(indices: Int32Array, shape: Shape): boolean {
  return 3 * indices.length <= sizeOf(shape);
}

/** Whether they are all positions in their order. */
export function isEverything(indices: Int32Array, size: number): boolean {
  return indices.length === size && indices.every((index, position) => index === position);
}
