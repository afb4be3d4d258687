import { describe, expect, it } from 'vitest';
import {
  type BinaryFunction,
  binaryFunctions,
  type UnaryFunction,
  unaryFunctions,
} from '../../../../../extension/lab/compiler/functions.ts';
import { printBinary, printUnary } from '../../../../../extension/lab/compiler/gpu/scalars.ts';

const special = [
  0,
  -0,
  1,
  -1,
  0.5,
  -0.5,
  0.2,
  -0.2,
  1.5,
  -1.5,
  2.5,
  -2.5,
  2,
  -2,
  3,
  -3,
  7,
  -7,
  1e-300,
  -1e-300,
  5e-324,
  -5e-324,
  1e300,
  -1e300,
  Infinity,
  -Infinity,
  NaN,
];

/** What JavaScript says, by its own functions and operators. */
const unary: Partial<Record<UnaryFunction, (x: number) => number>> = {
  negate: (x) => -x,
  ...Object.fromEntries(
    (Object.keys(unaryFunctions) as UnaryFunction[])
      .filter((fn) => fn in Math)
      .map((fn) => [fn, Reflect.get(Math, fn) as (x: number) => number]),
  ),
};
const binary: Partial<Record<BinaryFunction, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  subtract: (a, b) => a - b,
  multiply: (a, b) => a * b,
  divide: (a, b) => a / b,
  remainder: (a, b) => a % b,
  power: (a, b) => a ** b,
  min: (a, b) => Math.min(a, b),
  max: (a, b) => Math.max(a, b),
  atan2: (a, b) => Math.atan2(a, b),
  hypot: (a, b) => Math.hypot(a, b),
};

/** Zeros with their sign, infinities and NaN as they are; the rest within a few units of the last place. */
function expectSame(actual: number, expected: number, what: string, tolerance = 1e-15): void {
  const isExact = expected === 0 || !Number.isFinite(expected);
  if (isExact) expect(Object.is(actual, expected), `${what}: ${show(actual)}, not ${show(expected)}`).toBe(true);
  else
    expect(Math.abs(actual - expected), `${what}: ${actual}, not ${expected}`).toBeLessThanOrEqual(
      tolerance * Math.abs(expected) + 1e-323,
    );
}

const show = (x: number) => (Object.is(x, -0) ? '-0' : String(x));

const pairs = special.flatMap((a) => special.map((b) => [a, b]));

describe('the formulas for the GPU', () => {
  // In float32 some of these are out of range.
  const inRange = special.filter((x) => x === 0 || (Math.abs(x) > 1e-20 && Math.abs(x) < 1e20));

  it.each(Object.entries(unary))('%s', (fn, exact) => {
    const formula = new Function('x', `return ${printUnary(fn as UnaryFunction, 'x')}`);
    for (const x of inRange) expectSame(formula(x), exact(x), `${fn}(${show(x)})`, 1e-6);
  });

  it.each(Object.entries(binary).filter(([fn]) => fn !== 'power'))('%s', (fn, exact) => {
    const formula = new Function('a', 'b', `return ${printBinary(fn as BinaryFunction, 'a', 'b')}`);
    for (const a of inRange)
      for (const b of inRange.filter((x) => fn !== 'remainder' || 2 * x === Math.trunc(2 * x)))
        expectSame(formula(a, b), exact(a, b), `${fn}(${show(a)}, ${show(b)})`, 1e-6);
  });

  it('min, max and remainder of infinities and NaN', () => {
    for (const fn of ['min', 'max', 'remainder'] as const) {
      const formula = new Function('a', 'b', `return ${printBinary(fn, 'a', 'b')}`);
      for (const [a, b] of pairs.filter(
        ([a, b]) => Math.abs(a) !== 1e300 && (Number.isNaN(b) || 2 * b === Math.trunc(2 * b)),
      ))
        expectSame(formula(a, b), binaryFunctions[fn].value(a, b), `${fn}(${show(a)}, ${show(b)})`, 1e-6);
    }
  });
});
