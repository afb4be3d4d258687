import { describe, expect, it } from 'vitest';
import type { CpuBackend } from '../../../../extension/lab/compiler/backend.ts';
import { cpuBackends } from '../../../../extension/lab/compiler/backends.ts';
import { GraphBuilder } from '../../../../extension/lab/compiler/builder.ts';
import {
  type BinaryFunction,
  binaryFunctions,
  type UnaryFunction,
  unaryFunctions,
} from '../../../../extension/lab/compiler/functions.ts';
import { printBinary, printUnary } from '../../../../extension/lab/compiler/gpu/scalars.ts';
import type { NodeId } from '../../../../extension/lab/compiler/graph.ts';
import { CompiledModule } from '../../../../extension/lab/compiler/module.ts';
import { readAt } from './source/reading.ts';

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

function run(backend: CpuBackend, build: (g: GraphBuilder, a: NodeId, b: NodeId) => NodeId, pairs: number[][]) {
  const g = new GraphBuilder();
  const [a, b] = [g.state('a', [pairs.length]), g.state('b', [pairs.length])];
  const y = g.broadcast(build(g, a, b), [pairs.length]);
  const module = new CompiledModule(g.graph, [a, b], [{ name: 'run', outputs: [y] }], [backend]);
  module.view(a).set(pairs.map(([x]) => x));
  module.view(b).set(pairs.map(([, z]) => z ?? 0));
  module.entry('run')(1);
  return module.view(y);
}

const pairs = special.flatMap((a) => special.map((b) => [a, b]));

describe.each(cpuBackends)('zeros, infinities and NaN in $name are those of JavaScript', (backend) => {
  it.each(Object.entries(unary))('%s', (fn, exact) => {
    const actual = run(
      backend,
      (g, a) => g.unary(fn as UnaryFunction, a),
      special.map((x) => [x]),
    );
    special.forEach((x, i) => {
      expectSame(actual[i], exact(x), `${fn}(${show(x)})`);
    });
  });

  it.each(Object.entries(binary))('%s', (fn, exact) => {
    const actual = run(backend, (g, a, b) => g.binary(fn as BinaryFunction, a, b), pairs);
    pairs.forEach(([a, b], i) => {
      expectSame(actual[i], exact(a, b), `${fn}(${show(a)}, ${show(b)})`);
    });
  });

  it.each(Object.entries(binary))('%s with a constant on either side', (fn, exact) => {
    for (const constant of [0, -0, 1, -1, 2, 3, 4, 0.5, Infinity, NaN]) {
      for (const isLeft of [true, false]) {
        const order = <T>(x: T, c: T): [T, T] => (isLeft ? [c, x] : [x, c]);
        const actual = run(
          backend,
          (g, a) => g.binary(fn as BinaryFunction, ...order(a, g.scalar(constant))),
          special.map((x) => [x]),
        );
        special.forEach((x, i) => {
          const expected = exact(...order(x, constant));
          expectSame(actual[i], expected, `${fn}(${order(x, constant).map(show)})`, 1e-14);
        });
      }
    }
  });
});

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

describe('what the user writes keeps the sign of a zero', () => {
  it.each([
    'Math.expm1(-0 * u)',
    'Math.log1p(-u * 0)',
    'Math.min(u * 0, -0)',
    'Math.max(-0 * u, 0)',
    '-0 * u',
    'u * 0 + -0',
    '0 + -0 * u',
    '0 - u * 0',
    '-0 - u * 0',
    'u * -0 - 0',
    '(u - u) % 1',
    '(-u + u) * -1',
    'Math.round(-0.2 * u)',
    'Math.trunc(-0.2 * u)',
    'Math.sign(-0 * u)',
    'Math.atan2(-0 * u, 1)',
    'Math.sqrt(-0 * u)',
    'Math.abs(-0 * u)',
    '(-0 * u) ** 3',
    '-(u - u)',
    '-u % u',
  ])('1 / (%s)', (text) => {
    const f = new Function(`return ({ u }) => 1 / (${text})`)();
    expect(readAt(f, 1).value).toBe(f({ u: 1 }));
    expect(readAt(f, 2).value).toBe(f({ u: 2 }));
  });
});
