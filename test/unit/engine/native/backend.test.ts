import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { nativeBackend } from '../../../../extension/engine/native/backend.ts';
import { findCompiler } from '../../../../extension/engine/native/compiler.ts';
import { javascript } from '../../../../extension/lab/compiler/backends.ts';
import { GraphBuilder } from '../../../../extension/lab/compiler/builder.ts';
import {
  type BinaryFunction,
  binaryFunctions,
  type UnaryFunction,
  unaryFunctions,
} from '../../../../extension/lab/compiler/functions.ts';
import type { NodeId } from '../../../../extension/lab/compiler/graph.ts';
import {
  draw,
  expectClose,
  expectWithinUlps,
  kroneckerSum,
  rearrangements,
  run,
  vectorized,
} from '../../lab/compiler/backendRuns.ts';
import { lcg } from '../../lab/trained.ts';

const compiler = findCompiler();
const folder = mkdtempSync(path.join(tmpdir(), 'depth-lab-native-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Vectors of this processor, and of lesser ones, whose blocks have other sizes. */
const variants: [vectors: string, flags: string[]][] = [
  ['all that it has', []],
  ...(process.arch === 'x64'
    ? ([
        ['four lanes', ['-mno-avx512f']],
        ['two lanes', ['-mno-avx512f', '-mno-avx', '-mno-fma']],
      ] satisfies [string, string[]][])
    : []),
];

describe.skipIf(compiler === null).each(variants)(
  'the machine’s compiler (skipped where there is none), %s',
  (_, more) => {
    let threads = 1;
    const { command, flags, identity } = compiler ?? { command: '', flags: [], identity: '' };
    const own = { command, flags: [...flags, ...more], identity: `${identity} ${more.join(' ')}` };
    const native = nativeBackend(own, () => threads, folder);

    /** Compares all outputs of one program, for compiling takes long. */
    function compare(
      g: GraphBuilder,
      states: [NodeId, Float64Array][],
      outputs: { name: string; node: NodeId; tolerance: number; terms?: number }[],
    ): void {
      const nodes = outputs.map(({ node }) => node);
      const [actual, expected] = [run(native, g, states, nodes), run(javascript, g, states, nodes)];
      outputs.forEach(({ name, tolerance, terms }, i) => {
        try {
          expectClose(actual[i]!, expected[i]!, tolerance, terms);
        } catch (error) {
          throw new Error(name, { cause: error });
        }
      });
    }

    it('computes every function of numbers', () => {
      const g = new GraphBuilder();
      const special = [0, -0, 1, -1, 0.5, -0.5, 1.5, 2.5, -2.5, 0.49999999999999994, Infinity, -Infinity, NaN];
      const x = Float64Array.from([...special, ...draw(1, 40)]);
      const pairs = special.flatMap((a) => special.map((b) => [a, b] as const));
      const left = Float64Array.from([...pairs.map(([a]) => a), ...draw(2, 30)]);
      const right = Float64Array.from([...pairs.map(([, b]) => b), ...draw(3, 30)]);
      const [u, a, b] = [g.state('u', [x.length]), g.state('a', [left.length]), g.state('b', [left.length])];
      const unary = (Object.keys(unaryFunctions) as UnaryFunction[]).map((fn) => ({
        name: fn,
        node: g.unary(fn, u),
        tolerance: 1e-15,
      }));
      const binary = (Object.keys(binaryFunctions) as BinaryFunction[]).map((fn) => ({
        name: fn,
        node: g.binary(fn, a, b),
        tolerance: 1e-15,
      }));
      const chosen = { name: 'select', node: g.select(a, b, g.scalar(-0)), tolerance: 0 };
      compare(
        g,
        [
          [u, x],
          [a, left],
          [b, right],
        ],
        [...unary, ...binary, chosen],
      );
    });

    it('computes elementary functions within 2 ulp of JavaScript over their range', () => {
      const g = new GraphBuilder();
      const inputs = vectorized.map(([fn, values]) => ({ fn, values, state: g.state(fn, [values.length]) }));
      const outputs = inputs.map(({ fn, state }) => g.unary(fn, state));
      const actual = run(
        native,
        g,
        inputs.map(({ state, values }) => [state, values]),
        outputs,
      );
      inputs.forEach(({ fn, values }, i) => {
        expectWithinUlps(fn, actual[i]!, values);
      });
    });

    it('rounds both products of u² − v² alike, so that equal parameters cancel', () => {
      const g = new GraphBuilder();
      const [u, v] = [g.state('u', [9]), g.state('v', [9])];
      const difference = g.subtract(g.multiply(u, u), g.multiply(v, v));
      const states: [NodeId, Float64Array][] = [
        [u, draw(1, 9)],
        [v, draw(1, 9)],
      ];
      expect([...run(native, g, states, [difference])[0]!]).toEqual(Array(9).fill(0));
    });

    it('multiplies matrices of every shape and orientation', () => {
      const side = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 41, max: 200 }));
      const shape = fc.tuple(side, side, side, fc.boolean(), fc.boolean());
      fc.assert(
        fc.property(
          fc.array(shape, { minLength: 12, maxLength: 12 }),
          fc.integer({ min: 1, max: 3 }),
          (shapes, count) => {
            threads = count;
            const g = new GraphBuilder();
            const states: [NodeId, Float64Array][] = [];
            const state = (rows: number, columns: number) => {
              const node = g.state(`s${states.length}`, [rows, columns]);
              states.push([node, draw(states.length + 1, rows * columns)]);
              return node;
            };
            const outputs = shapes.flatMap(([m, k, n, ta, tb]) => {
              const a = ta ? g.transpose(state(k, m)) : state(m, k);
              const b = tb ? g.transpose(state(n, k)) : state(k, n);
              const name = `[${m}, ${k}] × [${k}, ${n}] ${ta} ${tb}`;
              return [
                { name, node: g.matmul(a, b), tolerance: 1e-14, terms: k },
                { name: `${name} squared`, node: g.matmul(a, g.transpose(a)), tolerance: 1e-14, terms: k },
              ];
            });
            compare(g, states, outputs);
          },
        ),
        { numRuns: 3, endOnFailure: true },
      );
    }, 120_000);

    it('rearranges, reduces, gathers and convolves', () => {
      const { g, values, outputs } = rearrangements();
      compare(
        g,
        values,
        outputs.map((node, i) => ({ name: String(i), node, tolerance: 1e-15 })),
      );
    });

    it('multiplies sparse matrices, and matrices at some entries', () => {
      const g = new GraphBuilder();
      const states: [NodeId, Float64Array][] = [];
      const state = (shape: number[]) => {
        const node = g.state(`s${states.length}`, shape);
        const size = shape.reduce((product, side) => product * side, 1);
        states.push([node, draw(states.length + 1, size)]);
        return node;
      };
      const outputs = [1, 2, 3, 7, 8, 30, 100].flatMap((width) =>
        [false, true].flatMap((transposed) => {
          const [rows, columns, count] = [9, 10, 31];
          const indices = Int32Array.from({ length: count }, (_, e) => (7 * e * e + 3 * e) % (rows * columns));
          const sparse = g.scatter(state([count]), indices, [rows, columns]);
          const b = state([transposed ? rows : columns, width]);
          const product = g.matmul(transposed ? g.transpose(sparse) : sparse, b);
          const places = Int32Array.from({ length: 17 }, (_, e) => (5 * e * e + e) % (width * width));
          const entries = g.gather(g.matmul(g.transpose(b), b), places, [places.length]);
          return [product, entries].map((node, i) => ({ name: `${width} ${transposed} ${i}`, node, tolerance: 1e-14 }));
        }),
      );
      compare(g, states, outputs);
    });

    it('computes entries of sums of Kronecker products, in several threads where they are many', () => {
      const terms = [
        [false, true],
        [true, true],
        [true, true],
        [true, false],
        [false, false],
      ] as const;
      for (const count of [37, 1100]) {
        threads = count > 1000 ? 3 : 1;
        const { g, values, output, expected } = kroneckerSum(9, 14, terms, lcg(count, count));
        expectClose(run(native, g, values, [output])[0]!, expected, 1e-14);
      }
    });

    it('solves linear systems of every size, and singular ones with NaN', () => {
      const g = new GraphBuilder();
      const states: [NodeId, Float64Array][] = [];
      const state = (shape: [number] | [number, number]) => {
        const node = g.state(`s${states.length}`, shape);
        states.push([node, draw(states.length + 1, shape[0] * (shape[1] ?? 1))]);
        return node;
      };
      const sizes = [1, 2, 3, 8, 33, 95, 96, 97, 193, 300];
      const regular = sizes.map((n) => {
        const a = state([n, n + 40]);
        const b = state([n]);
        const gram = g.matmul(a, g.transpose(a));
        return { b, back: g.matmul(gram, g.reshape(g.solve(gram, b), [n, 1])) };
      });
      const singular = [2, 9, 120, 250].map((n) => {
        const a = state([n, n - 1]);
        return g.solve(g.matmul(a, g.transpose(a)), state([n]));
      });
      threads = 2;
      const results = run(native, g, states, [...regular.map(({ back }) => back), ...singular]);
      const given = new Map(states);
      regular.forEach(({ b }, i) => {
        expectClose(results[i]!, given.get(b)!, 1e-9);
      });
      for (const result of results.slice(regular.length)) expect([...result].every(Number.isNaN)).toBe(true);
    });

    it('divides long loops and large products among threads without changing a bit', () => {
      const g = new GraphBuilder();
      const [x, a] = [g.state('x', [100_001]), g.state('a', [400, 400])];
      const wave = g.unary('tanh', g.multiply(x, x));
      const outputs = [
        wave,
        g.sum(wave),
        g.reduce('max', wave),
        g.gather(
          x,
          Int32Array.from({ length: 200_003 }, (_, i) => (7 * i) % 100_001),
          [200_003],
        ),
        g.matmul(a, a),
        g.matmul(a, g.transpose(a)),
        g.solve(g.matmul(a, g.transpose(a)), g.sum(a, [1])),
        g.matmul(
          g.transpose(a),
          g.reshape(
            g.gather(
              x,
              Int32Array.from({ length: 400 }, (_, i) => i),
              [400],
            ),
            [400, 1],
          ),
        ),
      ];
      const states: [NodeId, Float64Array][] = [
        [x, Float64Array.from(lcg(5, 100_001))],
        [a, draw(6, 160_000)],
      ];
      const results = [1, 2, 3, 7].map((count) => {
        threads = count;
        return run(native, g, states, outputs);
      });
      for (const result of results.slice(1)) expect(result).toEqual(results[0]);
      const [sum, expected] = [
        run(native, g, states, [outputs[1]!])[0]!,
        run(javascript, g, states, [outputs[1]!])[0]!,
      ];
      expectClose(sum, expected, 1e-13);
    });
  },
);
