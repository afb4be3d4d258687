/** The scalar functions of the graph in NumPy; `xp` stands for `np` or `jnp`. */
import type { BinaryFunction, UnaryFunction } from '../../lab/compiler/functions.ts';

/** Names of array functions; those with a helper of the script are without `xp.`. */
export const unaryNames: Record<Exclude<UnaryFunction, 'negate' | 'not' | 'softplus'>, string> = {
  exp: 'xp.exp',
  expm1: 'xp.expm1',
  log: 'xp.log',
  log1p: 'xp.log1p',
  log2: 'xp.log2',
  log10: 'xp.log10',
  sqrt: 'xp.sqrt',
  cbrt: 'xp.cbrt',
  sin: 'xp.sin',
  cos: 'xp.cos',
  tan: 'xp.tan',
  asin: 'xp.arcsin',
  acos: 'xp.arccos',
  atan: 'xp.arctan',
  sinh: 'xp.sinh',
  cosh: 'xp.cosh',
  tanh: 'xp.tanh',
  asinh: 'xp.arcsinh',
  acosh: 'xp.arccosh',
  atanh: 'xp.arctanh',
  abs: 'xp.abs',
  sign: 'xp.sign',
  floor: 'xp.floor',
  ceil: 'xp.ceil',
  round: 'rounded',
  trunc: 'xp.trunc',
  sigmoid: 'sigmoid',
};

export const binaryNames: Partial<Record<BinaryFunction, string>> = {
  remainder: 'xp.fmod',
  min: 'xp.minimum',
  max: 'xp.maximum',
  atan2: 'xp.arctan2',
  hypot: 'xp.hypot',
  guardedMultiply: 'guarded',
};

export const relations: Partial<Record<BinaryFunction, string>> = {
  less: '<',
  lessEqual: '<=',
  greater: '>',
  greaterEqual: '>=',
  equal: '==',
  notEqual: '!=',
};
