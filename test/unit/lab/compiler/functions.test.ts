import { describe, expect, it } from 'vitest';
import type { CpuBackend } from '../../../../extension/lab/compiler/backend.ts';
import { cpuBackends } from '../../../../extension/lab/compiler/backends.ts';
import { GraphBuilder } from '../../../../extension/lab/compiler/builder.ts';
import {
  type BinaryFunction,
  type UnaryFunction,
  unaryFunctions,
} from '../../../../extension/lab/compiler/functions.ts';
import type { NodeId } from '../../../../extension/lab/compiler/graph.ts';
import { CompiledModule } from '../../../../extension/lab/compiler/module.ts';

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
