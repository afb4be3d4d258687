/** The functions of `Math` as the graph's own. */
import type { GraphBuilder } from '../builder.ts';
import type { BinaryFunction, UnaryFunction } from '../functions.ts';
import type { NodeId } from '../graph.ts';

type Intrinsic = (g: GraphBuilder, operands: NodeId[]) => NodeId;

const unary =
  (fn: UnaryFunction): Intrinsic =>
  (g, [a]) =>
    g.unary(fn, a);
const fold =
  (fn: BinaryFunction): Intrinsic =>
  (g, operands) =>
    operands.reduce((a, b) => g.binary(fn, a, b));

const names: Partial<Record<keyof Math, Intrinsic>> = {
  abs: unary('abs'),
  acos: unary('acos'),
  acosh: unary('acosh'),
  asin: unary('asin'),
  asinh: unary('asinh'),
  atan: unary('atan'),
  atan2: fold('atan2'),
  atanh: unary('atanh'),
  cbrt: unary('cbrt'),
  ceil: unary('ceil'),
  cos: unary('cos'),
  cosh: unary('cosh'),
  exp: unary('exp'),
  expm1: unary('expm1'),
  floor: unary('floor'),
  hypot: (g, operands) => (operands.length === 1 ? g.unary('abs', operands[0]) : fold('hypot')(g, operands)),
  log: unary('log'),
  log10: unary('log10'),
  log1p: unary('log1p'),
  log2: unary('log2'),
  max: fold('max'),
  min: fold('min'),
  pow: fold('power'),
  round: unary('round'),
  sign: unary('sign'),
  sin: unary('sin'),
  sinh: unary('sinh'),
  sqrt: unary('sqrt'),
  tan: unary('tan'),
  tanh: unary('tanh'),
  trunc: unary('trunc'),
};

/** By the function itself, so that `const { exp } = Math` works as well. */
export const intrinsics: ReadonlyMap<unknown, Intrinsic> = new Map(
  Object.entries(names).map(([name, intrinsic]) => [Math[name as keyof Math], intrinsic]),
);
