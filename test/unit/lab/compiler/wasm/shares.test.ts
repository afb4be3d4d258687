import { beforeAll, describe, expect, it } from 'vitest';
import { allowRelaxedSimd } from '../../../../../extension/engine/relaxedSimd.ts';
import { sharedWebAssembly, webAssembly } from '../../../../../extension/lab/compiler/backends.ts';
import { GraphBuilder } from '../../../../../extension/lab/compiler/builder.ts';
import type { NodeId } from '../../../../../extension/lab/compiler/graph.ts';
import type { SharedProgram, Team } from '../../../../../extension/lab/compiler/wasm/team.ts';
import { lcg } from '../../trained.ts';
import { draw, kroneckerSum, run } from '../backendRuns.ts';

type Part = (argument: number, first: number, end: number) => void;

/** Computes the parts one after the other in disorder, each with the code of another thread. */
class Disorder implements Team {
  readonly most = 3;
  parts = 0;

  open({ memory, moduleOf, heights }: SharedProgram) {
    const threads = Array.from(
      { length: this.most },
      (_, thread) => new WebAssembly.Instance(moduleOf(thread), { env: { memory } }).exports,
    );
    return (number: number, argument: number, rows: number) => {
      const count = Math.ceil(rows / heights[number]!);
      const keys = lcg(1 + this.parts, count);
      for (const part of Array.from(keys.keys()).sort((a, b) => keys[a]! - keys[b]!)) {
        const first = part * heights[number]!;
        const compute = threads[this.parts++ % this.most]![number] as Part;
        compute(argument, first, Math.min(rows, first + heights[number]!));
      }
    };
  }
}

/** Checks that a shared program computes the bits of one thread, in so many parts at least. */
function expectSameBits(g: GraphBuilder, values: [NodeId, Float64Array][], outputs: NodeId[], parts: number): void {
  const team = new Disorder();
  const shared = run(sharedWebAssembly(team), g, values, outputs);
  const alone = run(webAssembly, g, values, outputs);
  shared.forEach((numbers, at) => {
    const different = numbers.reduce((count, x, i) => count + (Object.is(x, alone[at]![i]) ? 0 : 1), 0);
    expect(different, `of ${numbers.length} numbers of output ${at}`).toBe(0);
  });
  expect(team.parts).toBeGreaterThanOrEqual(parts);
}

describe.each([
  ['rounds products and sums', () => undefined],
  ['fuses them', allowRelaxedSimd],
])('WebAssembly that %s computes the same bits with several threads', (_, allow) => {
  beforeAll(allow);

  it.each([
    [330, 331, 332],
    [34, 1100, 950],
    [1030, 33, 1001],
  ])('in products of %d × %d × %d numbers', (m, k, n) => {
    const g = new GraphBuilder();
    const [a, b] = [g.state('a', [m, k]), g.state('b', [k, n])];
    const [left, right] = [g.state('left', [k, m]), g.state('right', [n, k])];
    const outputs = [g.matmul(a, b), g.matmul(g.transpose(left), b), g.matmul(a, g.transpose(right))];
    const values: [NodeId, Float64Array][] = [
      [a, draw(1, m * k)],
      [b, draw(2, k * n)],
      [left, draw(3, k * m)],
      [right, draw(4, n * k)],
    ];
    expectSameBits(g, values, outputs, 3 * Math.min(6, Math.floor(m / 32)));
  });

  it.each([
    [603, 95],
    [803, 60],
  ])('in products of %d × %d numbers with themselves', (m, k) => {
    const g = new GraphBuilder();
    const rows = g.state('rows', [m, k]);
    expectSameBits(g, [[rows, draw(1, m * k)]], [g.matmul(rows, g.transpose(rows))], 10);
  });

  it.each([300_000, 300_001])('in loops over %d numbers', (n) => {
    const g = new GraphBuilder();
    const [a, b, scale] = [g.state('a', [n]), g.state('b', [n]), g.state('scale', [])];
    const outputs = [g.subtract(g.multiply(g.multiply(a, b), scale), g.unary('exp', a))];
    const values: [NodeId, Float64Array][] = [
      [a, draw(1, n)],
      [b, draw(2, n)],
      [scale, Float64Array.of(0.3)],
    ];
    expectSameBits(g, values, outputs, 10);
  });

  it.each([384, 450])('in linear systems of size %d', (n) => {
    const g = new GraphBuilder();
    const [a, b] = [g.state('a', [n, 2 * n]), g.state('b', [n])];
    const values: [NodeId, Float64Array][] = [
      [a, draw(n, 2 * n * n)],
      [b, draw(n + 50, n)],
    ];
    expectSameBits(g, values, [g.solve(g.matmul(a, g.transpose(a)), b)], 20);
  });

  it.each([
    ['rows of few entries', 3],
    ['rows of many entries', 700],
  ])('in sparse products with %s', (_name, each) => {
    const [rows, columns, width] = [Math.ceil(21_000 / each), 8000, 210];
    const count = rows * each;
    // Entries come row after row; the first rows have more of them than the others.
    const indices = Int32Array.from({ length: count }, (__, e) => {
      const row = Math.floor(rows * (e / count) ** 1.5);
      return row * columns + ((37 * e) % columns);
    });
    const g = new GraphBuilder();
    const [values, b] = [g.state('values', [count]), g.state('b', [columns, width])];
    const [left, right] = [g.state('left', [rows, width]), g.state('right', [width, columns])];
    const product = g.matmul(g.scatter(values, indices, [rows, columns]), b);
    const entries = g.gather(g.matmul(left, right), indices, [count]);
    const numbers: [NodeId, Float64Array][] = [
      [values, draw(1, count)],
      [b, draw(2, columns * width)],
      [left, draw(3, rows * width)],
      [right, draw(4, width * columns)],
    ];
    expectSameBits(g, numbers, [product, entries], 20);
  });

  it('in entries of sums of Kronecker products', () => {
    const terms = [
      [false, true],
      [true, true],
      [true, false],
    ] as const;
    const { g, values, output } = kroneckerSum(40, 50, terms, lcg(5, 1003));
    expectSameBits(g, values, [output], 16);
  });

  it('and has none where no kernel is long enough', () => {
    const g = new GraphBuilder();
    const a = g.state('a', [50, 50]);
    expectSameBits(g, [[a, draw(1, 2500)]], [g.matmul(a, a)], 0);
  });
});
