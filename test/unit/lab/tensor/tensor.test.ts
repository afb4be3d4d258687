import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reverse } from '../../../../extension/lab/compiler/autodiff/reverse.ts';
import { GraphBuilder } from '../../../../extension/lab/compiler/builder.ts';
import type { NodeId } from '../../../../extension/lab/compiler/graph.ts';
import { readTextOnly } from '../../../../extension/lab/compiler/source/functionSource.ts';
import {
  add,
  concatenate,
  convolve,
  divide,
  dot,
  exp,
  gather,
  map,
  matmul,
  maximum,
  mean,
  minimum,
  multiply,
  negate,
  power,
  relu,
  reshape,
  slice,
  square,
  subtract,
  sum,
  type Tensor,
  tanh,
  transpose,
} from '../../../../extension/lab/index.ts';
import { TracedTensor, whileTracing } from '../../../../extension/lab/tensor/tensor.ts';
import type { Tracing } from '../../../../extension/lab/tensor/tracing.ts';
import { derivative, evaluate } from '../compiler/evaluate.ts';
import { lcg } from '../trained.ts';

type Program = (a: Tensor, b: Tensor) => Tensor;

function traced(shapeA: number[], shapeB: number[], program: Program) {
  const g = new GraphBuilder();
  const [a, b] = [g.state('a', shapeA), g.state('b', shapeB)];
  const tracing: Tracing = { g, read: readTextOnly, program };
  const result = whileTracing(tracing, () => program(new TracedTensor(a, tracing), new TracedTensor(b, tracing)));
  return { g, a, b, y: (result as TracedTensor).node, shape: result.shape };
}

const sizeOf = (shape: readonly number[]) => shape.reduce((product, n) => product * n, 1);
const numbers = (seed: number, count: number) => Array.from(lcg(seed * 1234567, count), (u) => 2 * u - 1);

function values(shapeA: number[], shapeB: number[], program: Program): number[] {
  const { g, a, b, y } = traced(shapeA, shapeB, program);
  const states: [NodeId, number[]][] = [
    [a, numbers(1, sizeOf(shapeA))],
    [b, numbers(2, sizeOf(shapeB))],
  ];
  return [...evaluate(g, states, [y])[0]];
}

const [a34, b4, b43] = [numbers(1, 12), numbers(2, 4), numbers(2, 12)];

describe('operations on tensors', () => {
  it.each<[string, number[], number[], Program, number[], number[]]>([
    ['add repeats rows', [3, 4], [4], add, [3, 4], a34.map((x, i) => x + b4[i % 4])],
    ['subtract repeats columns', [3, 4], [3, 1], subtract, [3, 4], a34.map((x, i) => x - b4[Math.floor(i / 4)])],
    [
      'multiply with an outer product',
      [3, 1],
      [1, 4],
      multiply,
      [3, 4],
      a34.map((_, i) => a34[Math.floor(i / 4)] * b4[i % 4]),
    ],
    ['divide by a number', [3, 4], [], (a) => divide(a, 4), [3, 4], a34.map((x) => x / 4)],
    ['power', [3, 4], [], (a) => power(a, 3), [3, 4], a34.map((x) => x ** 3)],
    ['numbers of the user’s', [3, 4], [], (a) => add(a, [1, 2, 3, 4]), [3, 4], a34.map((x, i) => x + 1 + (i % 4))],
    [
      'maximum and minimum',
      [4],
      [4],
      (a, b) => subtract(maximum(a, b), minimum(a, b)),
      [4],
      b4.map((x, i) => Math.abs(x - a34[i])),
    ],
    [
      'matrix times matrix',
      [3, 4],
      [4, 3],
      matmul,
      [3, 3],
      [0, 1, 2].flatMap((i) =>
        [0, 1, 2].map((j) => [0, 1, 2, 3].reduce((s, k) => s + a34[i * 4 + k] * b43[k * 3 + j], 0)),
      ),
    ],
    [
      'matrix times vector',
      [3, 4],
      [4],
      matmul,
      [3],
      [0, 1, 2].map((i) => b4.reduce((s, x, k) => s + a34[i * 4 + k] * x, 0)),
    ],
    ['vector times vector', [4], [4], matmul, [], [b4.reduce((s, x, k) => s + a34[k] * x, 0)]],
    ['dot', [3, 4], [3, 4], dot, [], [a34.reduce((s, x, k) => s + x * numbers(2, 12)[k], 0)]],
    [
      'transpose',
      [3, 4],
      [],
      (a) => transpose(a),
      [4, 3],
      [0, 1, 2, 3].flatMap((j) => [0, 1, 2].map((i) => a34[i * 4 + j])),
    ],
    [
      'gather rows',
      [3, 4],
      [],
      (a) => gather(a, [2, 0, 2]),
      [3, 4],
      [2, 0, 2].flatMap((i) => a34.slice(4 * i, 4 * i + 4)),
    ],
    ['gather entries', [4], [], (a) => gather(a, Int32Array.of(3, 1)), [2], [a34[3], a34[1]]],
    ['slice', [3, 4], [], (a) => slice(a, -2), [2, 4], a34.slice(4)],
    ['slice columns', [3, 4], [], (a) => slice(a, 1, 3, -1), [3, 2], [1, 2, 5, 6, 9, 10].map((i) => a34[i])],
    ['concatenate', [3, 4], [1, 4], (a, b) => concatenate([a, b]), [4, 4], [...a34, ...b4]],
    [
      'concatenate columns',
      [2, 2],
      [2, 1],
      (a, b) => concatenate([a, b], 1),
      [2, 3],
      [a34[0], a34[1], b4[0], a34[2], a34[3], b4[1]],
    ],
    ['reshape', [3, 4], [], (a) => reshape(a, [2, -1]), [2, 6], a34],
    [
      'sum over an axis',
      [3, 4],
      [],
      (a) => sum(a, 1),
      [3],
      [0, 1, 2].map((i) => a34.slice(4 * i, 4 * i + 4).reduce((s, x) => s + x, 0)),
    ],
    ['mean of all', [3, 4], [], (a) => mean(a), [], [a34.reduce((s, x) => s + x, 0) / 12]],
    [
      'mean over the last axis',
      [3, 4],
      [],
      (a) => mean(a, -1),
      [3],
      [0, 1, 2].map((i) => a34.slice(4 * i, 4 * i + 4).reduce((s, x) => s + x, 0) / 4),
    ],
    [
      'functions',
      [4],
      [],
      (a) => add(exp(negate(a)), tanh(square(relu(a)))),
      [4],
      a34.slice(0, 4).map((x) => Math.exp(-x) + Math.tanh(Math.max(0, x) ** 2)),
    ],
    [
      'map',
      [3, 4],
      [4],
      (a, b) => map((x, y) => (x > y ? Math.sin(x) : y), a, b),
      [3, 4],
      a34.map((x, i) => (x > b4[i % 4] ? Math.sin(x) : b4[i % 4])),
    ],
    ['map of what it ignores', [3], [], (a) => map(() => 2, a), [3], [2, 2, 2]],
  ])('%s', (_name, shapeA, shapeB, program, shape, expected) => {
    expect(traced(shapeA, shapeB, program).shape).toEqual(shape);
    values(shapeA, shapeB, program).forEach((value, i) => {
      expect(Math.abs(value - expected[i])).toBeLessThan(1e-14);
    });
    expect(expected).toHaveLength(sizeOf(shape));
  });

  it('convolve is the product of the discrete Fourier transforms', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), (d) => {
        const [a, b] = [numbers(1, d), numbers(2, d)];
        const transform = (x: number[], k: number) =>
          x.reduce(
            ([re, im], value, j) => {
              const angle = (-2 * Math.PI * j * k) / d;
              return [re + value * Math.cos(angle), im + value * Math.sin(angle)];
            },
            [0, 0],
          );
        const c = values([d], [d], convolve);
        for (let k = 0; k < d; k++) {
          const [[ar, ai], [br, bi], [cr, ci]] = [a, b, c].map((x) => transform(x, k));
          expect(Math.hypot(ar * br - ai * bi - cr, ar * bi + ai * br - ci)).toBeLessThan(1e-12 * d);
        }
      }),
      { numRuns: 12 },
    );
  });

  it.each<[string, number[], number[], Program]>([
    ['gather and scatter', [3, 4], [2, 4], (a, b) => multiply(concatenate([gather(a, [2, 2]), b]), 2)],
    ['slices and means', [4, 5], [4], (a, b) => multiply(mean(slice(a, 1, 4, 1), 1), exp(b))],
    ['products', [3, 4], [4], (a, b) => matmul(transpose(a), matmul(a, b))],
    ['map with a power', [5], [5], (a, b) => map((x, y) => Math.exp(x) ** y, a, b)],
    ['convolution of a convolution', [5], [5], (a, b) => convolve(convolve(a, b), tanh(a))],
  ])('has the derivative that differences have: %s', (_name, shapeA, shapeB, program) => {
    const { g, a, b, y, shape } = traced(shapeA, shapeB, program);
    const weights = g.constant(Float64Array.from(numbers(3, sizeOf(shape))), shape);
    const total = g.sum(g.multiply(y, weights));
    const [gradient] = reverse(g, [{ node: total, derivative: g.scalar(1) }], [a]);
    const [start, other] = [numbers(1, sizeOf(shapeA)), numbers(2, sizeOf(shapeB))];
    const at = (x: number[], node: NodeId) =>
      evaluate(
        g,
        [
          [a, x],
          [b, other],
        ],
        [node],
      )[0];
    at(start, gradient).forEach((slope, i) => {
      const along = (h: number) =>
        at(
          start.map((x, j) => (i === j ? x + h : x)),
          total,
        )[0];
      expect(Math.abs(slope - derivative(along))).toBeLessThan(1e-8);
    });
  });
});

describe('operations whose operands do not fit', () => {
  it.each<[string, number[], number[], Program]>([
    ['matmul: [20, 3] × [4, 20]: 3 ≠ 4', [20, 3], [4, 20], matmul],
    ['add: [3] and [4] do not fit: 3 ≠ 4', [3], [4], add],
    ['[3, 4] has no axis 2', [3, 4], [], (a) => sum(a, 2)],
    ['index 2 must be a whole number from 0 to 2; it is 3', [3], [], (a) => gather(a, [0, 3])],
    ['is empty for an axis of length 3', [3], [], (a) => slice(a, 3)],
    ['[3, 4] and [2, 3] cannot be concatenated along axis 0', [3, 4], [2, 3], (a, b) => concatenate([a, b])],
    ['reshape: [3] has 3 entries, [2] has 2', [3], [], (a) => reshape(a, [2])],
    ['transpose needs a matrix; it got [3]', [3], [], (a) => transpose(a)],
    ['convolve needs two vectors of one length', [3], [4], convolve],
    [
      "multiply: operand 2 must be a tensor, a number or an array of numbers; it is 'x'",
      [3],
      [],
      (a) => multiply(a, 'x' as unknown as number),
    ],
  ])('%s', (message, shapeA, shapeB, program) => {
    expect(() => traced(shapeA, shapeB, program)).toThrow(message);
  });

  it('name the operation to call where an operator was written', () => {
    const product = ((a: number, b: number) => a * b) as unknown as Program;
    expect(() => traced([3], [3], product)).toThrow(/does not work on a tensor/);
    expect(() => add(1, 2)).toThrow('inside the function passed to parameterization');
  });
});
