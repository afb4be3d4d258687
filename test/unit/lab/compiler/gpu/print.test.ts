import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { reverse } from '../../../../../extension/lab/compiler/autodiff/reverse.ts';
import { GraphBuilder } from '../../../../../extension/lab/compiler/builder.ts';
import {
  type BinaryFunction,
  binaryFunctions,
  type UnaryFunction,
  unaryFunctions,
} from '../../../../../extension/lab/compiler/functions.ts';
import { DevicePrograms } from '../../../../../extension/lab/compiler/gpu/module.ts';
import type { NodeId } from '../../../../../extension/lab/compiler/graph.ts';
import { sizeOf } from '../../../../../extension/lab/compiler/shape.ts';
import { readTextOnly } from '../../../../../extension/lab/compiler/source/functionSource.ts';
import { toNode, trace } from '../../../../../extension/lab/compiler/source/interpreter.ts';
import { Traced } from '../../../../../extension/lab/compiler/source/values.ts';
import { hasSoftwareDevice, softwareDevice } from '../../../engine/gpu/softwareDevice.ts';
import { lcg } from '../../trained.ts';
import { kroneckerSum } from '../backendRuns.ts';
import { functionOf, functionText } from '../expressions.ts';
import { assignOnBoth, expectClose, type State } from './onBoth.ts';

/** Numbers that float32 has, too. */
const draw = (key: number, size: number) => Float64Array.from(lcg(1234567 * key, size), (x) => Math.fround(4 * x - 2));

let programs: DevicePrograms;

beforeAll(async () => {
  if (hasSoftwareDevice) programs = new DevicePrograms(await softwareDevice());
});

const assignBoth = (g: GraphBuilder, states: State[], assignments: [NodeId, NodeId][], steps = 1, on = programs) =>
  assignOnBoth(on, g, states, assignments, steps);

/** Computes nodes, each into a state of its own. */
function computeBoth(g: GraphBuilder, states: State[], outputs: NodeId[]) {
  const results = outputs.map((output) => g.state('result', g.shapeOf(output)));
  const zeros = results.map((result): State => [result, new Float64Array(sizeOf(g.shapeOf(result)))]);
  return assignBoth(
    g,
    [...states, ...zeros],
    results.map((result, i) => [result, outputs[i]]),
  );
}

describe.skipIf(!hasSoftwareDevice)('GPU kernels agree with JavaScript', { timeout: 60_000 }, () => {
  it('on every function of one number, near 0 and away from it', async () => {
    const names = Object.keys(unaryFunctions) as UnaryFunction[];
    const far = draw(1, 20);
    const compared = new Set<UnaryFunction>();
    for (const inputs of [far, far.map((x) => Math.fround(x / 1000))]) {
      const g = new GraphBuilder();
      const a = g.state('a', [inputs.length]);
      const outputs = names.map((fn) => g.unary(fn, a));
      const { actual, expected } = await computeBoth(g, [[a, inputs]], outputs);
      names.forEach((fn, i) => {
        // Some functions have their whole domain away from 0.
        if (!expected[i].some(Number.isFinite)) return;
        expectClose(actual[i], expected[i], 3e-6, fn);
        compared.add(fn);
      });
    }
    expect(compared).toEqual(new Set(names));
  });

  it('on functions that overflow when they are written down naively', async () => {
    const g = new GraphBuilder();
    const a = g.state('a', [6]);
    const names = ['sigmoid', 'softplus', 'tanh'] as const;
    const outputs = names.map((fn) => g.unary(fn, a));
    const { actual, expected } = await computeBoth(g, [[a, [-1000, -90, -20, 20, 90, 1000]]], outputs);
    names.forEach((fn, i) => {
      actual[i].forEach((x, j) => {
        expect(Math.abs(x - expected[i][j]), `${fn} at ${j}`).toBeLessThanOrEqual(
          1e-6 * Math.abs(expected[i][j]) + 1e-38,
        );
      });
    });
  });

  it('on every function of two numbers', async () => {
    const names = Object.keys(binaryFunctions) as BinaryFunction[];
    const g = new GraphBuilder();
    const [a, b] = [g.state('a', [9]), g.state('b', [9])];
    const [x, z] = [draw(1, 9), draw(2, 9)];
    z[3] = x[3];
    x[4] = 0;
    [x[5], z[5]] = [-1.5, 3];
    [x[6], z[6]] = [-1.5, 2];
    const outputs = names.map((fn) => g.binary(fn, a, b));
    const { actual, expected } = await computeBoth(
      g,
      [
        [a, x],
        [b, z],
      ],
      outputs,
    );
    names.forEach((fn, i) => {
      expectClose(actual[i], expected[i], 3e-6, fn);
    });
  });

  it('on the sign of a zero', async () => {
    const g = new GraphBuilder();
    const [a, b] = [g.state('a', [4]), g.state('b', [4])];
    const unary = (
      ['expm1', 'log1p', 'sinh', 'tanh', 'asinh', 'atan', 'sign', 'round', 'trunc', 'negate'] as const
    ).map((fn) => g.unary(fn, a));
    const binary = (['min', 'max', 'multiply', 'add', 'remainder'] as const).map((fn) => g.binary(fn, a, b));
    // The signs, as numbers that are no zeros.
    const outputs = [...unary, ...binary].map((y) => g.divide(g.scalar(1), y));
    const { actual, expected } = await computeBoth(
      g,
      [
        [a, [0, -0, 0, -0]],
        [b, [-0, 0, 0, -0]],
      ],
      outputs,
    );
    const signs = (values: Float64Array[]) => values.map((y) => [...y].map(Math.sign));
    expect(signs(actual)).toEqual(signs(expected));
  });

  it('on derivatives beside branches that are not taken', async () => {
    const texts = [
      '({ u }) => u > 0 ? u * Math.log(u) : u + 1',
      '({ u }) => u > 30 ? u : Math.log1p(Math.exp(u))',
      '({ u }) => Math.max(2 * u, u > 0 ? u * Math.log(u) : -9)',
      '({ u }) => { if (u <= 0) return 3 * u; return Math.sqrt(u) * u; }',
    ];
    for (const text of texts) {
      const g = new GraphBuilder();
      const u = g.state('u', [4]);
      const y = toNode(g, trace(g, readTextOnly, functionOf(text), [{ u: new Traced(u) }])) ?? g.scalar(Number.NaN);
      const [gradient] = reverse(g, [{ node: y, derivative: g.broadcast(g.scalar(1), [4]) }], [u]);
      const { actual, expected } = await computeBoth(g, [[u, [0, -1, 2, 90]]], [gradient]);
      expect([...expected[0]].every(Number.isFinite)).toBe(true);
      expectClose(actual[0], expected[0], 3e-6, text);
    }
  });

  it('on matrix products of each orientation', async () => {
    for (const [m, k, n] of [
      [1, 7, 5],
      [6, 1, 3],
      [5, 33, 1],
      [9, 70, 11],
      [3, 300, 2],
    ]) {
      const g = new GraphBuilder();
      const [a, at] = [g.state('a', [m, k]), g.state('at', [k, m])];
      const [b, bt] = [g.state('b', [k, n]), g.state('bt', [n, k])];
      const outputs = [a, g.transpose(at)].flatMap((left) =>
        [b, g.transpose(bt)].map((right) => g.matmul(left, right)),
      );
      const states = [a, at, b, bt].map((node, i): State => [node, draw(i + 1, sizeOf(g.shapeOf(node)))]);
      const { actual, expected } = await computeBoth(g, states, outputs);
      actual.forEach((x, i) => {
        expectClose(x, expected[i], 2e-6);
      });
    }
  });

  it('on rearrangements, reductions, convolutions and products with constants', async () => {
    const g = new GraphBuilder();
    const [a, v] = [g.state('a', [3, 4, 5]), g.state('v', [7])];
    const matrix = g.reshape(a, [12, 5]);
    const constant = g.constant(draw(9, 60), [60]);
    const outputs = [
      g.sum(a, [0]),
      g.sum(a, [1]),
      g.sum(a, [2]),
      g.sum(a),
      g.reduce('max', a, [1, 2]),
      g.reduce('min', a),
      g.reduce('min', v),
      g.transpose(matrix),
      g.broadcast(g.reshape(v, [7, 1]), [7, 3]),
      g.broadcast(v, [2, 7]),
      g.broadcast(g.reshape(v, [7, 1, 1, 1]), [2, 7, 3, 2, 2]),
      g.broadcast(g.sum(v), [4, 3]),
      g.gather(a, Int32Array.of(59, 0, 3, 3, 8), [5]),
      g.scatter(v, Int32Array.of(1, 1, 0, 8, 5, 5, 5), [9]),
      g.convolve(v, g.unary('exp', v)),
      g.correlate(v, g.unary('exp', v)),
      g.multiply(constant, g.reshape(a, [60])),
      g.gather(constant, Int32Array.of(59, 1), [2]),
      g.matmul(g.reshape(constant, [5, 12]), matrix),
    ];
    const { actual, expected } = await computeBoth(
      g,
      [
        [a, draw(3, 60)],
        [v, draw(4, 7)],
      ],
      outputs,
    );
    actual.forEach((x, i) => {
      expectClose(x, expected[i], 2e-6, `output ${i}`);
    });
  });

  it('on sparse products', async () => {
    for (const transposed of [false, true]) {
      const [rows, width] = [6, 8];
      const g = new GraphBuilder();
      const columns = rows + 1;
      const indices = Int32Array.from({ length: rows }, (_, e) => (7 * e * e + 3 * e) % (rows * columns));
      const [values, b] = [g.state('values', [rows]), g.state('b', [transposed ? rows : columns, width])];
      const sparse = g.scatter(values, indices, [rows, columns]);
      const product = g.matmul(transposed ? g.transpose(sparse) : sparse, b);
      const entries = g.gather(g.matmul(g.transpose(b), b), Int32Array.of(0, 3, 6, 9), [4]);
      const states: State[] = [
        [values, draw(7, rows)],
        [b, draw(8, sizeOf(g.shapeOf(b)))],
      ];
      const { actual, expected } = await computeBoth(g, states, [product, entries]);
      actual.forEach((x, i) => {
        expectClose(x, expected[i], 2e-6);
      });
    }
  });

  it.each([1, 3, 4, 7, 30, 33, 50])('on linear systems of %i unknowns', async (n) => {
    const g = new GraphBuilder();
    const [root, b] = [g.state('root', [n, n]), g.state('b', [n])];
    const identity = Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0));
    const matrix = g.add(g.matmul(root, g.transpose(root)), g.constant(identity, [n, n]));
    const states: State[] = [
      [root, draw(3, n * n)],
      [b, draw(4, n)],
    ];
    const x = g.solve(matrix, b);
    const { actual, expected } = await computeBoth(g, states, [x, g.solve(matrix, x)]);
    expectClose(actual[0], expected[0], 1e-4);
    expectClose(actual[1], expected[1], 1e-4);
  });

  it('on entries of sums of Kronecker products', async () => {
    const terms = [
      [false, true],
      [true, true],
      [true, false],
      [false, false],
    ] as const;
    const { g, values, output } = kroneckerSum(4, 5, terms, lcg(3, 11));
    const { actual, expected } = await computeBoth(g, values, [output]);
    expectClose(actual[0], expected[0], 3e-6);
  });

  it('on sums of more tensors than one kernel may read', async () => {
    const g = new GraphBuilder();
    const states = Array.from({ length: 20 }, (_, i): State => [g.state(`s${i}`, [40]), draw(i + 1, 40)]);
    const product = states.map(([state]) => g.unary('tanh', state)).reduce((sum, x) => g.add(g.multiply(sum, x), x));
    const { actual, expected } = await computeBoth(g, states, [product, g.sum(product)]);
    expectClose(actual[0], expected[0], 1e-5);
    expectClose(actual[1], expected[1], 1e-5);
  });

  it('on many steps of states that depend on one another', async () => {
    const g = new GraphBuilder();
    const [x, y, unused] = [g.state('x', [5]), g.state('y', [5]), g.state('unused', [3])];
    const states: State[] = [
      [x, draw(1, 5)],
      [y, draw(2, 5)],
      [unused, [1, 2, 3]],
    ];
    // A rotation: each step needs the old values of both.
    const [c, s] = [g.scalar(Math.cos(0.1)), g.scalar(Math.sin(0.1))];
    const turned = [g.subtract(g.multiply(c, x), g.multiply(s, y)), g.add(g.multiply(s, x), g.multiply(c, y))];
    const { actual, expected } = await assignBoth(
      g,
      states,
      [
        [x, turned[0]],
        [y, turned[1]],
      ],
      205,
    );
    expectClose(actual[0], expected[0], 1e-4);
    expectClose(actual[1], expected[1], 1e-4);
  });

  it('on functions of users and their gradients', async () => {
    const property = fc.asyncProperty(functionText, async (text) => {
      const g = new GraphBuilder();
      const [u, v] = [g.state('u', [5]), g.state('v', [5])];
      const traced = trace(g, readTextOnly, functionOf(text), [{ u: new Traced(u), v: new Traced(v) }]);
      const y = g.broadcast(toNode(g, traced) ?? g.scalar(0), [5]);
      const slopes = reverse(g, [{ node: y, derivative: g.broadcast(g.scalar(1), [5]) }], [u, v]);
      const states: State[] = [
        [u, draw(5, 5)],
        [v, draw(6, 5)],
      ];
      const { actual, expected } = await computeBoth(g, states, [y, ...slopes]);
      actual.forEach((x, i) => {
        expectClose(x, expected[i], 1e-4, text);
      });
    });
    await fc.assert(property, { numRuns: 12, seed: 1, endOnFailure: true });
  });

  it('with constants too large to go up with each call', async () => {
    const g = new GraphBuilder();
    const x = g.state('x', [3]);
    const next = g.add(g.multiply(x, g.constant(Float64Array.of(1, 2, 3), [3])), g.constant(draw(1, 3), [3]));
    const states: State[] = [[x, [1, 1, 1]]];
    const { actual, expected } = await assignBoth(g, states, [[x, next]], 6, new DevicePrograms(programs.device, 0));
    expectClose(actual[0], expected[0], 1e-5);
  });

  it('in one launch a chunk', async () => {
    const g = new GraphBuilder();
    const x = g.state('x', [4]);
    const { actual } = await assignBoth(g, [[x, [1, 2, 3, 4]]], [[x, g.multiply(x, g.scalar(2))]], 4);
    expect([...actual[0]]).toEqual([16, 32, 48, 64]);
    expect(new Set(programs.executors())).toEqual(new Set(['fused-encoder']));
  });
});
