import { beforeAll, describe, expect, it } from 'vitest';
import { allowRelaxedSimd } from '../../../../../extension/engine/relaxedSimd.ts';
import { javascript, webAssembly } from '../../../../../extension/lab/compiler/backends.ts';
import { GraphBuilder } from '../../../../../extension/lab/compiler/builder.ts';
import type { NodeId } from '../../../../../extension/lab/compiler/graph.ts';
import { draw, expectClose, run } from '../backendRuns.ts';

describe.each([
  ['rounds products and sums', () => undefined],
  ['fuses them', allowRelaxedSimd],
])('WebAssembly that %s agrees with JavaScript', (_, allow) => {
  beforeAll(allow);

  it.each([
    // Blocks that are full, that end within a panel, and that have one panel alone.
    [330, 331, 332],
    [34, 1100, 950],
    [513, 18, 3600],
  ])('on products of %d × %d × %d numbers, which are blocked', (m, k, n) => {
    for (const [ta, tb] of [
      [false, false],
      [true, false],
      [false, true],
      [true, true],
    ]) {
      const g = new GraphBuilder();
      const [a, b] = [g.state('a', ta ? [k, m] : [m, k]), g.state('b', tb ? [n, k] : [k, n])];
      const y = g.matmul(ta ? g.transpose(a) : a, tb ? g.transpose(b) : b);
      const values: [NodeId, Float64Array][] = [
        [a, draw(1, m * k)],
        [b, draw(2, k * n)],
      ];
      const [actual, expected] = [run(webAssembly, g, values, [y]), run(javascript, g, values, [y])];
      expectClose(actual[0], expected[0], 1e-13);
    }
  });

  it.each([
    [330, 310],
    [803, 60],
  ])('on the products of %d × %d numbers with themselves, which are blocked and symmetric', (m, k) => {
    const g = new GraphBuilder();
    const [rows, columns] = [g.state('rows', [m, k]), g.state('columns', [k, m])];
    const outputs = [g.matmul(rows, g.transpose(rows)), g.matmul(g.transpose(columns), columns)];
    const values: [NodeId, Float64Array][] = [
      [rows, draw(1, m * k)],
      [columns, draw(2, k * m)],
    ];
    const [actual, expected] = [run(webAssembly, g, values, outputs), run(javascript, g, values, outputs)];
    actual.forEach((product, at) => {
      expectClose(product, expected[at], 1e-13);
      const flipped = product.map((_, at) => product[(at % m) * m + Math.floor(at / m)]);
      expect(flipped.every((x, at) => x === product[at])).toBe(true);
    });
  });

  it.each([384, 449, 450])('on linear systems of size %d, which are factored in blocks', (n) => {
    const g = new GraphBuilder();
    const [a, b] = [g.state('a', [n, 2 * n]), g.state('b', [n])];
    const gram = g.matmul(a, g.transpose(a));
    const x = g.solve(gram, b);
    const back = g.matmul(gram, g.reshape(x, [n, 1]));
    const values: [NodeId, Float64Array][] = [
      [a, draw(n, 2 * n * n)],
      [b, draw(n + 50, n)],
    ];
    const [actual, expected] = [run(webAssembly, g, values, [x, back]), run(javascript, g, values, [x, back])];
    expectClose(actual[0], expected[0], 1e-10);
    expectClose(actual[1], values[1][1], 1e-10);
  });

  it('on a large system with a row that is there twice', () => {
    const n = 400;
    const g = new GraphBuilder();
    const [a, b] = [g.state('a', [n, 2 * n]), g.state('b', [n])];
    const x = g.solve(g.matmul(a, g.transpose(a)), b);
    const rows = draw(n, 2 * n * n);
    for (const twin of [5, 397]) {
      const twice = rows.slice();
      twice.copyWithin(2 * n * twin, 0, 2 * n);
      const [solution] = run(
        webAssembly,
        g,
        [
          [a, twice],
          [b, draw(n + 50, n)],
        ],
        [x],
      );
      expect(solution.every(Number.isNaN)).toBe(true);
    }
  });
});
