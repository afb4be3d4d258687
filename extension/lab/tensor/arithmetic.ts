/** Entry-by-entry operations of two tensors, with the broadcasting of NumPy: axes of length 1 are repeated. */

import type { BinaryFunction } from '../compiler/functions.ts';
import { tensorOperations } from '../compiler/source/tensorOperations.ts';
import { operate, type Tensor, type TensorLike } from './tensor.ts';

/**
 * a + b, entry by entry.
 * @throws DefinitionError where the shapes do not fit
 */
export function add(a: TensorLike, b: TensorLike): Tensor {
  return entrywise(add, 'add', a, b);
}

/**
 * a − b, entry by entry.
 * @throws DefinitionError where the shapes do not fit
 */
export function subtract(a: TensorLike, b: TensorLike): Tensor {
  return entrywise(subtract, 'subtract', a, b);
}

/**
 * a · b, entry by entry (for the product of matrices see `matmul`).
 * @throws DefinitionError where the shapes do not fit
 */
export function multiply(a: TensorLike, b: TensorLike): Tensor {
  return entrywise(multiply, 'multiply', a, b);
}

/**
 * a / b, entry by entry.
 * @throws DefinitionError where the shapes do not fit
 */
export function divide(a: TensorLike, b: TensorLike): Tensor {
  return entrywise(divide, 'divide', a, b);
}

/**
 * a to the power b, entry by entry.
 * @throws DefinitionError where the shapes do not fit
 */
export function power(a: TensorLike, b: TensorLike): Tensor {
  return entrywise(power, 'power', a, b);
}

/**
 * The smaller of a and b, entry by entry; where they are equal, they share the derivative evenly, and have none beside a
 * constant.
 * @throws DefinitionError where the shapes do not fit
 */
export function minimum(a: TensorLike, b: TensorLike): Tensor {
  return entrywise(minimum, 'min', a, b);
}

/**
 * The larger of a and b, entry by entry; where they are equal, they share the derivative evenly, and have none beside a
 * constant.
 * @throws DefinitionError where the shapes do not fit
 */
export function maximum(a: TensorLike, b: TensorLike): Tensor {
  return entrywise(maximum, 'max', a, b);
}

function entrywise(
  operation: (a: TensorLike, b: TensorLike) => Tensor,
  fn: BinaryFunction,
  a: TensorLike,
  b: TensorLike,
): Tensor {
  return operate(operation, [a, b], (g, [left, right]) => g.binary(fn, left, right));
}

for (const operation of [add, subtract, multiply, divide, power, minimum, maximum]) tensorOperations.add(operation);
