import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { allowRelaxedSimd } from '../../../../extension/engine/relaxedSimd.ts';
import { reverse } from '../../../../extension/lab/compiler/autodiff/reverse.ts';
import { type CpuBackend, isRefusal } from '../../../../extension/lab/compiler/backend.ts';
import { compileForCpu, cpuBackends, javascript, webAssembly } from '../../../../extension/lab/compiler/backends.ts';
import { GraphBuilder } from '../../../../extension/lab/compiler/builder.ts';
import {
  type BinaryFunction,
  binaryFunctions,
  type UnaryFunction,
  unaryFunctions,
} from '../../../../extension/lab/compiler/functions.ts';
import type { NodeId } from '../../../../extension/lab/compiler/graph.ts';
import { lower } from '../../../../extension/lab/compiler/lower/lower.ts';
import { readTextOnly } from '../../../../extension/lab/compiler/source/functionSource.ts';
import { toNode, trace } from '../../../../extension/lab/compiler/source/interpreter.ts';
import { Traced } from '../../../../extension/lab/compiler/source/values.ts';
import { draw, expectClose, expectWithinUlps, kroneckerSum, rearrangements, run, vectorized } from './backendRuns.ts';
import { functionOf, functionText } from './expressions.ts';

describe.each([
  ['rounds products and sums', () => undefined],
  ['fuses them', allowRelaxedSimd],
])('WebAssembly that %s agrees with JavaScript', (_, allow) => {
  beforeAll(allow);

  it.each(Object.keys(unaryFunctions) as UnaryFunction[])('on %s, for odd and even lengths', (fn) => {
    for (const length of [1, 2, 7]) {
      const g = new GraphBuilder();
      const a = g.state('a', [length]);
      const y = g.unary(fn, a);
      const values: [NodeId, Float64Array][] = [[a, draw(length, length)]];
      expectClose(run(webAssembly, g, values, [y])[0], run(javascript, g, values, [y])[0], 1e-15);
    }
  });

  it.each(Object.keys(binaryFunctions) as BinaryFunction[])('on %s', (fn) => {
    const g = new GraphBuilder();
    const [a, b] = [g.state('a', [9]), g.state('b', [9])];
    const y = g.binary(fn, a, b);
    const [x, z] = [draw(1, 9), draw(2, 9)];
    z[3] = x[3];
    x[4] = 0;
    const values: [NodeId, Float64Array][] = [
      [a, x],
      [b, z],
    ];
    expectClose(run(webAssembly, g, values, [y])[0], run(javascript, g, values, [y])[0], 1e-15);
  });

  it('on matrix products of every shape and orientation', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 24 }),
        fc.integer({ min: 1, max: 19 }),
        fc.integer({ min: 1, max: 19 }),
        fc.boolean(),
        fc.boolean(),
        (m, k, n, ta, tb) => {
          const g = new GraphBuilder();
          const [a, b] = [g.state('a', ta ? [k, m] : [m, k]), g.state('b', tb ? [n, k] : [k, n])];
          const y = g.matmul(ta ? g.transpose(a) : a, tb ? g.transpose(b) : b);
          const symmetric = g.matmul(a, g.transpose(a));
          const values: [NodeId, Float64Array][] = [
            [a, draw(1, m * k)],
            [b, draw(2, k * n)],
          ];
          const [actual, expected] = [
            run(webAssembly, g, values, [y, symmetric]),
            run(javascript, g, values, [y, symmetric]),
          ];
          expectClose(actual[0], expected[0], 1e-14, 1);
          expectClose(actual[1], expected[1], 1e-14, 1);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('on rearrangements and reductions', () => {
    const { g, values, outputs } = rearrangements();
    const [actual, expected] = [run(webAssembly, g, values, outputs), run(javascript, g, values, outputs)];
    actual.forEach((x, i) => {
      expectClose(x, expected[i], 1e-15);
    });
  });

  it('on sparse products of every width', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 9 }),
        fc.integer({ min: 1, max: 40 }),
        fc.boolean(),
        (rows, width, transposed) => {
          const g = new GraphBuilder();
          const columns = rows + 1;
          const indices = Int32Array.from({ length: rows }, (_, e) => (7 * e * e + 3 * e) % (rows * columns));
          const [values, b] = [g.state('values', [rows]), g.state('b', [transposed ? rows : columns, width])];
          const sparse = g.scatter(values, indices, [rows, columns]);
          const product = g.matmul(transposed ? g.transpose(sparse) : sparse, b);
          const entries = g.gather(
            g.matmul(g.transpose(b), b),
            Int32Array.from({ length: Math.floor(width / 2) }, (_, e) => 3 * e),
            [Math.floor(width / 2)],
          );
          const outputs = width > 1 ? [product, entries] : [product];
          const states: [NodeId, Float64Array][] = [
            [values, draw(7, rows)],
            [b, draw(8, (transposed ? rows : columns) * width)],
          ];
          const [actual, expected] = [run(webAssembly, g, states, outputs), run(javascript, g, states, outputs)];
          actual.forEach((x, i) => {
            expectClose(x, expected[i], 1e-14);
          });
        },
      ),
      { numRuns: 100 },
    );
  });

  it('on entries of sums of Kronecker products', () => {
    const isMatrix = fc.tuple(fc.boolean(), fc.boolean());
    const place = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 1, max: 7 }),
        fc.array(isMatrix, { minLength: 1, maxLength: 5 }),
        fc.array(place, { minLength: 1, maxLength: 20 }),
        (height, width, terms, places) => {
          const { g, values, output, expected } = kroneckerSum(height, width, terms, places);
          for (const backend of [javascript, webAssembly]) {
            expectClose(run(backend, g, values, [output])[0], expected, 1e-14);
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8, 11, 18, 33])('on linear systems of size %d, which they solve', (n) => {
    const g = new GraphBuilder();
    const [a, b] = [g.state('a', [n, n + 2]), g.state('b', [n])];
    // Large random matrices of so few columns more than rows are singular within rounding.
    const shift = g.constant(
      Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? n / 100 : 0)),
      [n, n],
    );
    const square = g.matmul(a, g.transpose(a));
    const gram = n > 33 ? g.add(square, shift) : square;
    const x = g.solve(gram, b);
    const back = g.matmul(gram, g.reshape(x, [n, 1]));
    const values: [NodeId, Float64Array][] = [
      [a, draw(n, n * (n + 2))],
      [b, draw(n + 50, n)],
    ];
    const [actual, expected] = [run(webAssembly, g, values, [x, back]), run(javascript, g, values, [x, back])];
    expectClose(actual[0], expected[0], 1e-10);
    expectClose(actual[1], values[1][1], 1e-10);
  });

  it('on singular systems, which have no solution but NaN', () => {
    for (const n of [2, 3, 6, 9]) {
      const g = new GraphBuilder();
      const [a, b] = [g.state('a', [n, n - 1]), g.state('b', [n])];
      const x = g.solve(g.matmul(a, g.transpose(a)), b);
      const values: [NodeId, Float64Array][] = [
        [a, draw(n, n * (n - 1))],
        [b, draw(n + 50, n)],
      ];
      for (const backend of cpuBackends) {
        expect([...run(backend, g, values, [x])[0]].every(Number.isNaN)).toBe(true);
      }
    }
  });

  it('on user functions and their gradients', () => {
    fc.assert(
      fc.property(functionText, (text) => {
        const g = new GraphBuilder();
        const [u, v] = [g.state('u', [5]), g.state('v', [5])];
        const y = g.broadcast(
          toNode(g, trace(g, readTextOnly, functionOf(text), [{ u: new Traced(u), v: new Traced(v) }])) ?? g.scalar(0),
          [5],
        );
        const outputs = [y, ...reverse(g, [{ node: y, derivative: g.broadcast(g.scalar(1), [5]) }], [u, v])];
        const values: [NodeId, Float64Array][] = [
          [u, draw(5, 5)],
          [v, draw(6, 5)],
        ];
        const [actual, expected] = [run(webAssembly, g, values, outputs), run(javascript, g, values, outputs)];
        actual.forEach((x, i) => {
          expectClose(x, expected[i], 1e-12);
        });
      }),
      { numRuns: 100 },
    );
  });

  describe('in vectorized functions', () => {
    it.each(vectorized)('%s is within 2 ulp of JavaScript over its range', (fn, inputs) => {
      const g = new GraphBuilder();
      const a = g.state('a', [inputs.length]);
      const y = g.unary(fn, a);
      const [actual] = run(webAssembly, g, [[a, inputs]], [y]);
      expectWithinUlps(fn, actual, inputs);
    });
  });
});

describe('the back ends of the CPU', () => {
  const g = new GraphBuilder();
  const x = g.state('x', [3]);
  const program = lower(
    g.graph,
    [x],
    [{ name: 'run', outputs: [], assignments: [{ state: x, value: g.unary('negate', x) }] }],
  );

  it('have names of their own', () => {
    expect(new Set(cpuBackends.map(({ name }) => name)).size).toBe(cpuBackends.length);
  });

  it.each(cpuBackends)('$name brings memory for the program and a runner for each entry', ({ compile }) => {
    const executable = compile(program);
    if (isRefusal(executable)) throw new Error(executable.refusal);
    expect(executable.memory.length).toBeGreaterThanOrEqual(program.words);
    executable.memory.set([1, 2, 3]);
    executable.entries.run(3);
    expect([...executable.memory.subarray(0, 3)]).toEqual([-1, -2, -3]);
  });

  it('leave a program to the next one where they refuse it, and say why where all do', () => {
    const huge = { ...program, words: 2 ** 30 };
    expect(webAssembly.compile(huge)).toEqual({ refusal: 'its memory is larger than 4 GiB' });
    const refusing: CpuBackend = { ...javascript, name: 'none', compile: () => ({ refusal: 'not today' }) };
    expect(compileForCpu(program, [refusing, javascript]).backend).toBe(javascript);
    expect(() => compileForCpu(program, [refusing])).toThrow('no back end takes the program (none: not today)');
  });
});
