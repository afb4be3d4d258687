/** Elementwise functions. Use `map` for any other function. */

import type { UnaryFunction } from '../compiler/functions.ts';
import { tensorOperations } from '../compiler/source/tensorOperations.ts';
import { operate, type Tensor, type TensorLike } from './tensor.ts';

/**
 * −a.
 * @example negate(a)
 */
export function negate(a: TensorLike): Tensor {
  return apply(negate, 'negate', a);
}

/**
 * eᵃ.
 * @example exp(a)
 */
export function exp(a: TensorLike): Tensor {
  return apply(exp, 'exp', a);
}

/**
 * The natural logarithm.
 * @example log(a)
 */
export function log(a: TensorLike): Tensor {
  return apply(log, 'log', a);
}

/**
 * √a.
 * @example sqrt(a)
 */
export function sqrt(a: TensorLike): Tensor {
  return apply(sqrt, 'sqrt', a);
}

/**
 * |a|, with derivative 0 at 0.
 * @example abs(a)
 */
export function abs(a: TensorLike): Tensor {
  return apply(abs, 'abs', a);
}

/**
 * sin a, a in radians.
 * @example sin(a)
 */
export function sin(a: TensorLike): Tensor {
  return apply(sin, 'sin', a);
}

/**
 * cos a, a in radians.
 * @example cos(a)
 */
export function cos(a: TensorLike): Tensor {
  return apply(cos, 'cos', a);
}

/**
 * tanh a.
 * @example tanh(a)
 */
export function tanh(a: TensorLike): Tensor {
  return apply(tanh, 'tanh', a);
}

/**
 * 1 / (1 + e⁻ᵃ).
 * @example sigmoid(a)
 */
export function sigmoid(a: TensorLike): Tensor {
  return apply(sigmoid, 'sigmoid', a);
}

/**
 * log(1 + eᵃ).
 * @example softplus(a)
 */
export function softplus(a: TensorLike): Tensor {
  return apply(softplus, 'softplus', a);
}

/**
 * max(0, a), with derivative 0 at 0.
 * @example relu(a)
 */
export function relu(a: TensorLike): Tensor {
  return operate(relu, [a], (g, [x]) => g.binary('max', g.scalar(0), x));
}

/**
 * a².
 * @example subtract(square(u), square(v))
 */
export function square(a: TensorLike): Tensor {
  return operate(square, [a], (g, [x]) => g.multiply(x, x));
}

function apply(operation: (a: TensorLike) => Tensor, fn: UnaryFunction, a: TensorLike): Tensor {
  return operate(operation, [a], (g, [x]) => g.unary(fn, x));
}

for (const operation of [negate, exp, log, sqrt, abs, sin, cos, tanh, sigmoid, softplus, relu, square]) {
  tensorOperations.add(operation);
}
