import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forward } from '../../../../../extension/lab/compiler/autodiff/forward.ts';
import { reverse } from '../../../../../extension/lab/compiler/autodiff/reverse.ts';
import { GraphBuilder } from '../../../../../extension/lab/compiler/builder.ts';
import type { NodeId } from '../../../../../extension/lab/compiler/graph.ts';
import { readTextOnly } from '../../../../../extension/lab/compiler/source/functionSource.ts';
import { toNode, trace } from '../../../../../extension/lab/compiler/source/interpreter.ts';
import { Traced } from '../../../../../extension/lab/compiler/source/values.ts';
import { lcg } from '../../trained.ts';
import { derivative, evaluate } from '../evaluate.ts';
import { functionOf, functionText } from '../expressions.ts';

const coordinate = fc.double({ min: -1.5, max: 1.5, noNaN: true });

describe('a user function', () => {
  it('is computed as JavaScript computes it, and differentiated to 1e-8 in both modes and twice', () => {
    fc.assert(
      fc.property(functionText, coordinate, coordinate, (text, u, v) => {
        const f = functionOf(text);
        const g = new GraphBuilder();
        const [a, b] = [g.state('u', []), g.state('v', [])];
        const y =
          toNode(g, trace(g, readTextOnly, f, [{ u: new Traced(a), v: new Traced(b) }])) ?? g.scalar(Number.NaN);
        const gradient = reverse(g, [{ node: y, derivative: g.scalar(1) }], [a, b]);
        const [tangent] = forward(g, [{ node: a, tangent: g.scalar(1) }], [y]);
        const [second] = forward(g, [{ node: b, tangent: g.scalar(1) }], [gradient[0]]);
        const [value, du, dv, forwardU, duv] = evaluate(
          g,
          [
            [a, [u]],
            [b, [v]],
          ],
          [y, ...gradient, tangent, second],
        ).map(([x]) => x);
        const close = (x: number, exact: number, tolerance: number) => {
          expect(Math.abs(x - exact)).toBeLessThan(tolerance * Math.max(1, Math.abs(exact)));
        };
        close(value, f({ u, v }), 1e-14);
        const [exactU, exactV] = [derivative((h) => f({ u: u + h, v })), derivative((h) => f({ u, v: v + h }))];
        const scale = Math.max(1, Math.abs(exactU), Math.abs(exactV), Math.abs(f({ u, v })));
        // Differences themselves are good to 1e-9 where the function does not wiggle within the step.
        fc.pre(Math.abs(exactU - derivative((h) => f({ u: u + h, v }), 0.013)) < 1e-9 * scale);
        fc.pre(Math.abs(exactV - derivative((h) => f({ u, v: v + h }), 0.013)) < 1e-9 * scale);
        close(du / scale, exactU / scale, 1e-8);
        close(dv / scale, exactV / scale, 1e-8);
        expect(Math.abs(forwardU - du)).toBeLessThan(1e-12 * scale);
        expect(Number.isFinite(duv)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});

/** A program over tensors: what it computes from two states. */
type Build = (g: GraphBuilder, a: NodeId, b: NodeId) => NodeId;

const programs: [string, number[], number[], Build][] = [
  ['matmul', [3, 4], [4, 2], (g, a, b) => g.matmul(a, b)],
  ['matmul, first transposed', [4, 3], [4, 2], (g, a, b) => g.matmul(g.transpose(a), b)],
  ['matmul, second transposed', [3, 4], [2, 4], (g, a, b) => g.matmul(a, g.transpose(b))],
  ['matmul, both transposed', [4, 3], [2, 4], (g, a, b) => g.matmul(g.transpose(a), g.transpose(b))],
  ['matrix times vector', [5, 7], [7, 1], (g, a, b) => g.matmul(a, b)],
  ['vector times matrix', [1, 5], [5, 3], (g, a, b) => g.matmul(a, b)],
  ['transposed matrix times vector', [7, 5], [7, 1], (g, a, b) => g.matmul(g.transpose(a), b)],
  ['Gram matrix', [5, 3], [5, 5], (g, a, b) => g.multiply(g.matmul(a, g.transpose(a)), b)],
  ['Gram matrix of even size', [4, 7], [4, 4], (g, a, b) => g.multiply(g.matmul(a, g.transpose(a)), b)],
  ['broadcasting of rows', [3, 4], [4], (g, a, b) => g.multiply(a, g.unary('exp', b))],
  ['broadcasting of columns', [3, 4], [3, 1], (g, a, b) => g.divide(a, g.add(g.scalar(3), b))],
  ['a scalar with a matrix', [2, 3], [], (g, a, b) => g.multiply(g.unary('sin', a), b)],
  ['sum over an axis', [3, 4], [3], (g, a, b) => g.multiply(g.sum(g.multiply(a, a), [1]), b)],
  ['sum over the first axis', [3, 4], [4], (g, a, b) => g.multiply(g.sum(g.multiply(a, a), [0]), b)],
  ['sum over two of three axes', [2, 3, 4], [3], (g, a, b) => g.multiply(g.sum(g.multiply(a, a), [0, 2]), b)],
  ['sum and mean of all', [3, 4], [3, 4], (g, a, b) => g.add(g.sum(g.multiply(a, b)), g.mean(a))],
  ['minimum and maximum', [3, 4], [3, 4], (g, a, b) => g.add(g.reduce('min', a, [0]), g.reduce('max', b))],
  ['gather', [6], [4], (g, a, b) => g.multiply(g.gather(a, Int32Array.of(5, 0, 0, 3), [4]), b)],
  ['scatter', [4], [6], (g, a, b) => g.multiply(g.scatter(a, Int32Array.of(5, 0, 0, 3), [6]), b)],
  ['some entries of a product', [3, 5], [5, 4], (g, a, b) => g.gather(g.matmul(a, b), Int32Array.of(7, 0, 11), [3])],
  [
    'a sparse matrix times a matrix',
    [3],
    [4, 6],
    (g, a, b) => g.matmul(g.scatter(a, Int32Array.of(9, 2, 0), [3, 4]), b),
  ],
  [
    'a transposed sparse matrix times a transposed one',
    [3],
    [6, 3],
    (g, a, b) => g.matmul(g.transpose(g.scatter(a, Int32Array.of(9, 2, 0), [3, 4])), g.transpose(b)),
  ],
  [
    'a matrix times a sparse one',
    [6, 3],
    [4],
    (g, a, b) => g.matmul(a, g.scatter(b, Int32Array.of(5, 1, 8, 5), [3, 4])),
  ],
  ['convolve', [5], [5], (g, a, b) => g.convolve(a, b)],
  ['correlate', [6], [6], (g, a, b) => g.correlate(a, b)],
  ['select', [7], [7], (g, a, b) => g.select(g.binary('greater', a, b), g.multiply(a, a), g.unary('cos', b))],
  ['reshape inside a chain', [3, 4], [12], (g, a, b) => g.multiply(g.reshape(g.unary('exp', a), [12]), b)],
  ['transpose inside a chain', [3, 4], [4, 3], (g, a, b) => g.multiply(g.transpose(g.unary('tanh', a)), b)],
  ['a product of three matrices', [4, 4], [4, 4], (g, a, b) => g.matmul(g.matmul(a, b), g.transpose(a))],
];

describe('tensor operations', () => {
  it.each(programs)('%s: both modes agree with differences and with each other', (_name, shapeA, shapeB, build) => {
    const g = new GraphBuilder();
    const [a, b] = [g.state('a', shapeA), g.state('b', shapeB)];
    const y = build(g, a, b);
    const [ta, tb] = [g.state('ta', shapeA), g.state('tb', shapeB)];
    const seed = g.state('seed', g.shapeOf(y));
    const [jv] = forward(
      g,
      [
        { node: a, tangent: ta },
        { node: b, tangent: tb },
      ],
      [y],
    );
    const [ga, gb] = reverse(g, [{ node: y, derivative: seed }], [a, b]);
    const size = (shape: readonly number[]) => shape.reduce((x, n) => x * n, 1);
    const draw = (key: number, shape: readonly number[]) => lcg(1234567 * key, size(shape)).map((x) => 2 * x - 1);
    const values = {
      a: draw(1, shapeA),
      b: draw(2, shapeB),
      ta: draw(3, shapeA),
      tb: draw(4, shapeB),
      seed: draw(5, g.shapeOf(y)),
    };
    const at = (h: number) => {
      const moved = (x: Float64Array, t: Float64Array) => x.map((value, i) => value + h * t[i]);
      const states: [NodeId, Float64Array][] = [
        [a, moved(values.a, values.ta)],
        [b, moved(values.b, values.tb)],
        [ta, values.ta],
        [tb, values.tb],
        [seed, values.seed],
      ];
      return evaluate(g, states, [y, jv, ga, gb]);
    };
    const dot = (x: Float64Array, z: Float64Array) => x.reduce((sum, value, i) => sum + value * z[i], 0);
    const [, tangent, gradA, gradB] = at(0);
    tangent.forEach((value, i) => {
      expect(Math.abs(value - derivative((h) => at(h)[0][i], 1e-3))).toBeLessThan(1e-8);
    });
    expect(Math.abs(dot(values.seed, tangent) - dot(gradA, values.ta) - dot(gradB, values.tb))).toBeLessThan(1e-12);
  });
});

describe('kinks', () => {
  const graphOf = (text: string) => {
    const g = new GraphBuilder();
    const a = g.state('u', []);
    const y = toNode(g, trace(g, readTextOnly, functionOf(text), [{ u: new Traced(a) }])) ?? g.scalar(Number.NaN);
    return { g, a, y };
  };
  const forwardSlope = (text: string, u: number) => {
    const { g, a, y } = graphOf(text);
    return evaluate(g, [[a, [u]]], forward(g, [{ node: a, tangent: g.scalar(1) }], [y]))[0][0];
  };
  /** Forward over reverse, and reverse over reverse. */
  const secondSlope = (text: string, u: number) => {
    const { g, a, y } = graphOf(text);
    const [first] = reverse(g, [{ node: y, derivative: g.scalar(1) }], [a]);
    const [along] = forward(g, [{ node: a, tangent: g.scalar(1) }], [first]);
    const [back] = reverse(g, [{ node: first, derivative: g.scalar(1) }], [a]);
    const [[x], [z]] = evaluate(g, [[a, [u]]], [along, back]);
    expect(Math.abs(x - z)).toBeLessThan(1e-12 * Math.max(1, Math.abs(x)));
    return x;
  };
  const slope = (text: string, u: number) => {
    const g = new GraphBuilder();
    const a = g.state('u', []);
    const y = toNode(g, trace(g, readTextOnly, functionOf(text), [{ u: new Traced(a) }])) ?? g.scalar(Number.NaN);
    return evaluate(g, [[a, [u]]], reverse(g, [{ node: y, derivative: g.scalar(1) }], [a]))[0][0];
  };

  it.each([
    ['Math.abs(u)', 0, 0],
    ['Math.max(u, 0)', 0, 0],
    ['Math.max(0, u)', 0, 0],
    ['Math.max(-0, u)', 0, 0],
    ['Math.min(u, 0)', 0, 0],
    ['Math.min(0, u)', 0, 0],
    ['u > 0 ? u : 0', 0, 0],
    ['u <= 0 ? 0 : u', 0, 0],
    ['Math.min(1, Math.max(u, 0))', 0, 0],
    ['Math.max(0, Math.min(u, 1))', 1, 0],
    ['Math.max(0, u, 2 * u)', 0, 0],
    ['Math.max(2 * u, u, 0)', 0, 0],
    ['Math.max(u, -u)', 0, 0],
    ['Math.max(-u, u)', 0, 0],
    ['Math.max(u, 3 * u)', 0, 2],
    ['Math.max(3 * u, u)', 0, 2],
    ['Math.min(u, 3 * u, 5 * u)', 0, 3],
    ['Math.min(5 * u, Math.min(u, 3 * u))', 0, 3],
    ['Math.max(u, u)', 2, 1],
    ['Math.max(u, 0)', 1, 1],
    ['Math.max(0, u)', -1, 0],
    ['Math.min(u, 0)', 1, 0],
    ['Math.round(u) + u', 0.7, 1],
  ])('%s at %d has slope %d, in both modes', (text, u, expected) => {
    expect(slope(`({ u }) => ${text}`, u)).toBe(expected);
    expect(forwardSlope(`({ u }) => ${text}`, u)).toBe(expected);
  });

  /** Value and slope of a branch that is taken, beside one that is no number there. */
  const branches: [string, number, number][] = [
    ['u > 0 ? Math.sqrt(u) : 0', 0, 0],
    ['u > 0 ? Math.log(u) : 3 * u', -1, 3],
    ['u > 0 ? u * Math.log(u) : u + 1', 0, 1],
    ['u > 0 ? u * Math.log(u) : u + 1', -2, 1],
    ['u !== 0 ? Math.sin(u) / u : 1 + 2 * u', 0, 2],
    ['u > 0 ? Math.hypot(u, u) * u : u', 0, 1],
    ['u > 0 ? Math.sqrt(u * u) : 2 * u', 0, 2],
    ['u > 0 ? (u ** 0.5) ** 3 : 4 * u', -1, 4],
    ['u > 0 ? (u > 1 ? Math.log(u - 1) : u * Math.log(u)) : 5 * u', -1, 5],
    ['u > 0 ? (u > 1 ? u * Math.log(u - 1) : 3 * u) : 5 * u', 0.5, 3],
    ['u < 30 ? 2 * u : Math.log1p(Math.exp(u)) * u', 0, 2],
    ['u > 30 ? u : Math.log1p(Math.exp(u))', 800, 1],
    ['u > 30 ? u : 1 / Math.exp(-u) ** 2', 800, 1],
    ['(u > 0 && u * Math.log(u)) || 7 * u', -1, 7],
    ['(u <= 0 || u * Math.log(u)) && 7 * u', -1, 7],
    ['(u > 0 ? u * Math.log(u) : undefined) ?? 6 * u', -1, 6],
    ['u > 0 ? Math.max(u * Math.log(u), u * Math.sqrt(u)) : 8 * u', -1, 8],
    ['Math.max(1, u > 0 ? u * Math.log(u) : 2) + u', -1, 1],
    ['Math.max(2 * u, 3 - 1 / u ** 2)', 1, 2],
    ['Math.max(3 * u, Math.atan2(Math.log(0 * u), u))', 1, 3],
    ['Math.max(3 * u, Math.log(u * 0) * u)', 1, 3],
    ['Math.min(3 * u, 9 + u / (0 * u) ** 2, 1 / (u - u) + 9)', 1, 3],
    ['u > 0 ? Math.acos(u + 2) * u : 9 * u', -1, 9],
    ['u > 0 ? (-1 - u) ** u * u : 3 * u', -1, 3],
    ['u > 0 ? u % 0 : 3 * u', -1, 3],
  ];
  it.each(branches)(
    '%s at %d: the branch that is not taken is not felt, in either mode and twice',
    (text, u, expected) => {
      const f = `({ u }) => ${text}`;
      expect(slope(f, u)).toBe(expected);
      expect(forwardSlope(f, u)).toBe(expected);
      expect(secondSlope(f, u)).not.toBeNaN();
    },
  );

  it('of early returns and assignments neither', () => {
    expect(slope('({ u }) => { if (u === 0) return 1; return Math.sin(u) / u; }', 0)).toBe(0);
    expect(slope('({ u }) => { let s = u; if (u > 0) s = u * Math.log(u); return 2 * s; }', -1)).toBe(2);
    expect(
      slope(
        '({ u }) => { for (const k of [1, 2]) { if (u < k) return k * u; u -= Math.sqrt(u - k) * u; } return u; }',
        0,
      ),
    ).toBe(1);
  });

  it('keep their second derivatives beside branches', () => {
    expect(secondSlope('({ u }) => u > 0 ? u * Math.log(u) : u * u', -1)).toBe(2);
    expect(secondSlope('({ u }) => u > 0 ? u * Math.log(u) : u * u', 2)).toBeCloseTo(0.5, 12);
    expect(secondSlope('({ u }) => Math.max(0, u) * Math.sqrt(u)', 4)).toBeCloseTo(0.375, 12);
  });

  it('of a tensor are shared by the entries that attain it', () => {
    const g = new GraphBuilder();
    const a = g.state('a', [4]);
    const y = g.reduce('max', a);
    const [gradient] = reverse(g, [{ node: y, derivative: g.scalar(1) }], [a]);
    const [tangent] = forward(g, [{ node: a, tangent: g.constant(Float64Array.of(1, 2, 3, 4), [4]) }], [y]);
    const [slopes, along] = evaluate(g, [[a, [5, 1, 5, 2]]], [gradient, tangent]);
    expect([...slopes]).toEqual([0.5, 0, 0.5, 0]);
    expect([...along]).toEqual([2]);
  });

  it('of products of matrices neither: 0 meets what is not a number', () => {
    const g = new GraphBuilder();
    const [a, v] = [g.state('a', [2, 2]), g.state('v', [2, 1])];
    const norm = g.unary('sqrt', g.sum(g.multiply(v, v)));
    const product = g.matmul(a, g.divide(v, norm));
    const y = g.select(g.binary('greater', norm, g.scalar(0)), product, v);
    const seed = g.broadcast(g.scalar(1), [2, 1]);
    const gradients = reverse(g, [{ node: y, derivative: seed }], [a, v]);
    const values: [NodeId, number[]][] = [
      [a, [1, 2, 3, 4]],
      [v, [0, 0]],
    ];
    expect(evaluate(g, values, gradients).map((x) => [...x])).toEqual([
      [0, 0, 0, 0],
      [1, 1],
    ]);
  });
});
