/** The functions of `Math` as graph functions; plain numbers use JavaScript's implementation. */
import type { BinaryFunction, UnaryFunction } from '../../functions.ts';
import type { NodeId } from '../../graph.ts';
import { toNumber } from '../coercion.ts';
import { toNode, traced } from '../tracedValues.ts';
import { Traced } from '../values.ts';
import type { Native } from './native.ts';

const unary: Partial<Record<keyof Math, UnaryFunction>> = {
  abs: 'abs',
  acos: 'acos',
  acosh: 'acosh',
  asin: 'asin',
  asinh: 'asinh',
  atan: 'atan',
  atanh: 'atanh',
  cbrt: 'cbrt',
  ceil: 'ceil',
  cos: 'cos',
  cosh: 'cosh',
  exp: 'exp',
  expm1: 'expm1',
  floor: 'floor',
  log: 'log',
  log10: 'log10',
  log1p: 'log1p',
  log2: 'log2',
  round: 'round',
  sign: 'sign',
  sin: 'sin',
  sinh: 'sinh',
  sqrt: 'sqrt',
  tan: 'tan',
  tanh: 'tanh',
  trunc: 'trunc',
};

const binary: Partial<Record<keyof Math, BinaryFunction>> = { atan2: 'atan2', pow: 'power' };

/** Variadic functions, folded from the left. */
const folds: Partial<Record<keyof Math, BinaryFunction>> = { hypot: 'hypot', max: 'max', min: 'min' };

type Plain = (...numbers: number[]) => number;

/** A function of `count` numbers (null: any number of them), by its value and its node. */
function native(
  name: string & keyof Math,
  count: number | null,
  build: (nodes: NodeId[]) => (g: Builder) => NodeId,
): Native {
  return ({ frame, at, values, written }) => {
    const asked = count === null ? values : Array.from({ length: count }, (_, i) => values[i]);
    if (count !== null && values.length < count)
      return frame.fail(at, `Math.${name} needs ${count === 1 ? 'a number' : `${count} numbers`}`);
    const numbers = asked.map((value, i) => toNumber(frame, written(i), value));
    const plain = numbers.every((number): number is number => !(number instanceof Traced));
    if (plain) return (Math[name] as Plain)(...numbers);
    return traced(frame, at, (g) => build(numbers.map((number) => toNode(g, number) as NodeId))(g));
  };
}

/**
 * Adds an operand to `hypot`. If the earlier ones are 0, the result is the operand's absolute value, which has a
 * derivative there.
 */
function distance(g: Builder, before: NodeId, next: NodeId): NodeId {
  const both = g.binary('hypot', before, next);
  const node = g.graph.nodes[before];
  const isNested = node.op === 'select' || (node.op === 'binary' && node.fn === 'hypot');
  if (!isNested) return both;
  const zero = g.scalar(0);
  const alone = g.binary('and', g.binary('equal', before, zero), g.binary('notEqual', next, zero));
  return g.select(alone, g.unary('abs', next), both);
}

type Builder = Parameters<typeof toNode>[0];

/** Keyed by the function itself, so that `const { exp } = Math` works as well. */
export const mathematics: ReadonlyMap<unknown, Native> = new Map<unknown, Native>([
  ...entries(unary, (name, fn) =>
    native(
      name,
      1,
      ([a]) =>
        (g) =>
          g.unary(fn, a),
    ),
  ),
  ...entries(binary, (name, fn) =>
    native(
      name,
      2,
      ([a, b]) =>
        (g) =>
          g.binary(fn, a, b),
    ),
  ),
  ...entries(folds, (name, fn) =>
    native(name, null, (nodes) => (g) => {
      if (nodes.length === 1) return fn === 'hypot' ? g.unary('abs', nodes[0]) : nodes[0];
      return nodes.reduce((a, b) => (fn === 'hypot' ? distance(g, a, b) : g.binary(fn, a, b)));
    }),
  ),
]);

function entries<F>(
  table: Partial<Record<keyof Math, F>>,
  make: (name: string & keyof Math, fn: F) => Native,
): [unknown, Native][] {
  return Object.entries(table).map(([name, fn]) => [
    Math[name as keyof Math],
    make(name as string & keyof Math, fn as F),
  ]);
}
