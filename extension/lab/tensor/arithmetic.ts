/** Elementwise operations on two tensors, with NumPy broadcasting: axes of length 1 are repeated. */

import type { BinaryFunction } from '../compiler/functions.ts';
import { tensorOperations } from '../compiler/source/tensorOperations.ts';
import { operate, type Tensor, type TensorLike } from './tensor.ts';

/**
 * a + b, elementwise.
 * @throws DefinitionError if the shapes are incompatible
 * @example add(a, b)
 */
export function add(a: TensorLike, b: TensorLike): Tensor {
  return entrywise(add, 'add', a, b);
}

/**
 * a − b, elementwise.
 * @throws DefinitionError if the shapes are incompatible
 * @example subtract(multiply(u, u), multiply(v, v))
 */
export function subtract(a: TensorLike, b: TensorLike): Tensor {
  return entrywise(subtract, 'subtract', a, b);
}

/**
 * a · b, elementwise (for matrix products see `matmul`).
 * @throws DefinitionError if the shapes are incompatible
 * @example multiply(u, v)
 */
export function multiply(a: TensorLike, b: TensorLike): Tensor {
  return entrywise(multiply, 'multiply', a, b);
}

/**
 * a / b, elementwise.
 * @throws DefinitionError if the shapes are incompatible
 * @example divide(a, sum(a))
 */
export function divide(a: TensorLike, b: TensorLike): Tensor {
  return entrywise(divide, 'divide', a, b);
}

/**
 * a to the power b, elementwise.
 * @throws DefinitionError if the shapes are incompatible
 * @example power(u, 3)
 */
export function power(a: TensorLike, b: TensorLike): Tensor {
  return entrywise(power, 'power', a, b);
}

/**
 * The smaller of a and b, elementwise. At ties, both operands share the derivative evenly; if one of them is constant,
 * the derivative is 0.
 * @throws DefinitionError if the shapes are incompatible
 * @example minimum(a, 1)
 */
export function minimum(a: TensorLike, b: TensorLike): Tensor {
  return entrywise(minimum, 'min', a, b);
}

/**
 * The larger of a and b, elementwise. At ties, both operands share the derivative evenly; if one of them is constant,
 * the derivative is 0.
 * @throws DefinitionError if the shapes are incompatible
 * @example maximum(a, 0)
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
