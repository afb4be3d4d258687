/** Runs small graphs with one back end, and compares what comes of it. */
import { expect } from 'vitest';
import type { CpuBackend } from '../../../../extension/lab/compiler/backend.ts';
import { GraphBuilder } from '../../../../extension/lab/compiler/builder.ts';
import { type UnaryFunction, unaryFunctions } from '../../../../extension/lab/compiler/functions.ts';
import type { NodeId } from '../../../../extension/lab/compiler/graph.ts';
import { CompiledModule } from '../../../../extension/lab/compiler/module.ts';
import { lcg } from '../trained.ts';

/** Computes outputs of a graph with one back end. */
export function run(
  backend: CpuBackend,
  g: GraphBuilder,
  states: [NodeId, Float64Array][],
  outputs: NodeId[],
): Float64Array[] {
  const module = new CompiledModule(
    g.graph,
    states.map(([state]) => state),
    [{ name: 'run', outputs }],
    [backend],
  );
  expect(module.backend).toBe(backend);
  for (const [state, values] of states) module.view(state).set(values);
  module.entry('run')(1);
  return outputs.map((output) => module.view(output).slice());
}

/**
 * Entry by entry within `tolerance` of the largest entry; equal where they are not finite.
 * @param terms the size of what was summed up, which may have cancelled
 */
export function expectClose(actual: Float64Array, expected: Float64Array, tolerance: number, terms = 0): void {
  const scale = expected.reduce((largest, x) => (Number.isFinite(x) ? Math.max(largest, Math.abs(x)) : largest), terms);
  expect(actual).toHaveLength(expected.length);
  // One assertion: large products have a million entries.
  const worst = actual.reduce((worst, x, i) => {
    const distance = Object.is(x, expected[i]) || x === expected[i] ? 0 : Math.abs(x - expected[i]);
    return Math.max(worst, distance);
  }, 0);
  expect(worst).toBeLessThanOrEqual(tolerance * scale);
}

/** Numbers in [−2, 2]. */
export const draw = (key: number, size: number) => lcg(1234567 * key, size).map((x) => 4 * x - 2);

/** Distance in units of the last place of the larger. */
const ulps = (x: number, y: number) => {
  if (Object.is(x, y) || x === y || (Number.isNaN(x) && Number.isNaN(y))) return 0;
  const size = Math.max(Math.abs(x), Math.abs(y), 2 ** -1022);
  return Math.abs(x - y) / 2 ** (Math.floor(Math.log2(size)) - 52);
};
const special = [
  0,
  -0,
  1,
  -1,
  0.5,
  1e-9,
  -1e-9,
  1e-300,
  5e-324,
  708,
  709.7,
  710,
  800,
  -708,
  -740,
  -745,
  -746,
  -800,
  22,
  36.5,
  Infinity,
  -Infinity,
  NaN,
];
/** Over their range, with the ends. */
const points = Float64Array.from([
  ...special,
  ...lcg(77, 4000).map((x) => 60 * (x - 0.5)),
  ...lcg(78, 2000).map((x) => 2 * (x - 0.5)),
  ...lcg(79, 2000).map((x) => 1400 * (x - 0.5)),
]);
const positive = Float64Array.from([
  0,
  5e-324,
  1e-310,
  1,
  Infinity,
  NaN,
  -1,
  ...lcg(80, 4000).map((x) => Math.exp(1400 * (x - 0.5))),
  ...lcg(81, 3000).map((x) => 0.5 + x),
]);

/** The functions that are computed in vectors, not by JavaScript or the C library, and numbers of their range. */
export const vectorized = [
  ['exp', points],
  ['expm1', points],
  ['sigmoid', points],
  ['softplus', points],
  ['tanh', points],
  ['log', positive],
  ['log1p', positive],
] as [UnaryFunction, Float64Array][];

/** Within 2 ulp of the truth: JavaScript's own functions are within 1 of it. */
export function expectWithinUlps(fn: UnaryFunction, actual: Float64Array, inputs: Float64Array): void {
  const worst = inputs.reduce(
    (worst, x, i) => {
      const distance = ulps(actual[i], unaryFunctions[fn].value(x));
      return distance > worst.distance || Number.isNaN(distance) ? { distance, x } : worst;
    },
    { distance: 0, x: 0 },
  );
  expect(worst.distance, `at ${worst.x}`).toBeLessThan(3);
}

/** Everything that moves numbers or reduces them, of small tensors. */
export function rearrangements(): { g: GraphBuilder; values: [NodeId, Float64Array][]; outputs: NodeId[] } {
  const g = new GraphBuilder();
  const [a, v] = [g.state('a', [3, 4, 5]), g.state('v', [7])];
  const matrix = g.reshape(a, [12, 5]);
  const outputs = [
    g.sum(a, [0]),
    g.sum(a, [1]),
    g.sum(a, [2]),
    g.sum(a),
    g.reduce('max', a, [1, 2]),
    g.reduce('max', a, [0]),
    g.reduce('min', v),
    g.transpose(matrix),
    g.broadcast(g.reshape(v, [7, 1]), [7, 3]),
    g.broadcast(v, [2, 7]),
    g.gather(a, Int32Array.of(59, 0, 3, 3, 8), [5]),
    g.scatter(v, Int32Array.of(1, 1, 0, 8, 5, 5, 5), [9]),
    g.convolve(v, g.unary('exp', v)),
    g.correlate(v, g.unary('exp', v)),
  ];
  const values: [NodeId, Float64Array][] = [
    [a, draw(3, 60)],
    [v, draw(4, 7)],
  ];
  return { g, values, outputs };
}

/** A sum of Kronecker products of random matrices, some of them the identity, at random entries. */
export interface KroneckerSum {
  g: GraphBuilder;
  values: [NodeId, Float64Array][];
  output: NodeId;
  /** Entry by entry from the definition, with δ for identities. */
  expected: Float64Array;
}

/**
 * @param terms whether each factor, left and right, is a matrix
 * @param places of the entries, as fractions of all positions; several may be the same
 */
export function kroneckerSum(
  height: number,
  width: number,
  terms: readonly (readonly [boolean, boolean])[],
  places: ArrayLike<number>,
): KroneckerSum {
  const g = new GraphBuilder();
  const values: [NodeId, Float64Array][] = [];
  const factor = (isMatrix: boolean, size: number) => {
    if (!isMatrix) return { node: null, at: (i: number, j: number) => (i === j ? 1 : 0) };
    const numbers = draw(values.length + 1, size * size);
    const node = g.state(`m${values.length}`, [size, size]);
    values.push([node, numbers]);
    return { node, at: (i: number, j: number) => numbers[i * size + j]! };
  };
  const factors = terms.map(([isLeft, isRight]) => [factor(isLeft, height), factor(isRight, width)] as const);
  const indices = Int32Array.from(places, (place) => Math.floor(place * height * width));
  const output = g.apply({
    op: 'kronecker',
    left: factors.map(([{ node }]) => node),
    right: factors.map(([, { node }]) => node),
    indices,
    height,
    width,
  });
  const positions = Array.from(indices, (index) => [Math.floor(index / width), index % width] as const);
  const expected = positions.flatMap(([i, j]) =>
    positions.map(([k, l]) => factors.reduce((sum, [a, b]) => sum + a.at(i, k) * b.at(j, l), 0)),
  );
  return { g, values, output, expected: Float64Array.from(expected) };
}
