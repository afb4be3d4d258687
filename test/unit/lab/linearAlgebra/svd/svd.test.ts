import fc from 'fast-check';
import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import { describe, expect, it } from 'vitest';
import { allowRelaxedSimd } from '../../../../../extension/engine/relaxedSimd.ts';
import { product, transpose } from '../../../../../extension/lab/linearAlgebra/dense.ts';
import {
  rightSingularVectors,
  singularValueDecomposition,
  singularValuesOf,
} from '../../../../../extension/lab/linearAlgebra/svd/svd.ts';
import { gaussianRows } from '../../trained.ts';

/** A random matrix of the given rank whose singular values fall by `decay` each. */
function matrix(seed: number, m: number, n: number, rank: number, decay = 1): Float64Array {
  const left = gaussianRows(seed, m, rank).map((row) => row.map((x, k) => x * decay ** k));
  const right = gaussianRows(seed + 1, rank, n);
  return product(Float64Array.from(left.flat()), Float64Array.from(right.flat()), m, rank, n);
}

const largestOf = (values: Float64Array) => values.reduce((largest, x) => Math.max(largest, Math.abs(x)), 0);
const distance = (a: Float64Array, b: Float64Array) => largestOf(a.map((x, i) => x - b[i]));

const identity = (size: number) =>
  Float64Array.from({ length: size * size }, (_, at) => (at % (size + 1) === 0 ? 1 : 0));

/** Checks aᵀa V = V diag(s²) for a basis of the whole space. */
function expectRightVectors(a: Float64Array, m: number, n: number): void {
  const { values, vectors } = rightSingularVectors(a, m, n);
  const size = largestOf(a) * Math.max(m, n);
  expect(distance(product(vectors, transpose(vectors, n, n), n, n, n), identity(n))).toBeLessThan(1e-13);
  // a v has the length s, and is orthogonal to the others.
  const moved = product(a, transpose(vectors, n, n), m, n, n);
  const squares = product(transpose(moved, m, n), moved, n, m, n);
  const expected = identity(n).map((one, at) => one * values[Math.floor(at / n)] ** 2);
  expect(distance(squares, expected)).toBeLessThanOrEqual(1e-14 * size ** 2);
  const known = singularValuesOf(a, m, n);
  expect(distance(values.subarray(0, known.length), known)).toBeLessThanOrEqual(1e-14 * size);
  expect(values.subarray(known.length).every((s) => s === 0)).toBe(true);
}

/** Checks a = U diag(s) Vᵀ, orthonormal singular vectors, and the values of another implementation. */
function expectDecomposed(a: Float64Array, m: number, n: number): void {
  const q = Math.min(m, n);
  const { values, left, right } = singularValueDecomposition(a, m, n);
  const scaled = right.map((x, at) => x * values[Math.floor(at / n)]);
  const size = largestOf(a) * Math.max(m, n);
  expect(distance(product(transpose(left, q, m), scaled, m, q, n), a)).toBeLessThanOrEqual(1e-14 * size);
  for (const [vectors, length] of [
    [left, m],
    [right, n],
  ] as const) {
    expect(distance(product(vectors, transpose(vectors, q, length), q, length, q), identity(q))).toBeLessThan(1e-13);
  }
  expectRightVectors(a, m, n);
  const { diagonal } = new SingularValueDecomposition(Matrix.from1DArray(m, n, a), { autoTranspose: true });
  expect(distance(values, Float64Array.from(diagonal))).toBeLessThanOrEqual(1e-14 * size);
  expect(distance(singularValuesOf(a, m, n), values)).toBeLessThanOrEqual(1e-14 * size);
  expect(values.every((s, k) => s >= 0 && (k === 0 || s <= values[k - 1]))).toBe(true);
}

describe('the singular value decomposition', () => {
  it('decomposes matrices of every shape and rank', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 14 }),
        fc.integer({ min: 1, max: 14 }),
        fc.integer({ min: 1, max: 14 }),
        fc.constantFrom(1, 0.3, 1e-3),
        (m, n, rank, decay) => expectDecomposed(matrix(m + 20 * n, m, n, Math.min(m, n, rank), decay), m, n),
      ),
      { numRuns: 150 },
    );
  });

  it('leaves out left singular vectors, with products that are fused, too', () => {
    allowRelaxedSimd();
    for (const [m, n, rank] of [
      [30, 30, 30],
      [41, 30, 4],
      [5, 33, 5],
    ] as const) {
      expectRightVectors(matrix(m, m, n, rank), m, n);
    }
  });

  it.each([
    [60, 60, 60],
    [101, 60, 7],
    [60, 103, 60],
  ])('decomposes %d × %d numbers of rank %d', (m, n, rank) => {
    expectDecomposed(matrix(m, m, n, rank), m, n);
  });

  it('decomposes zeros, diagonals and matrices with zero rows and columns', () => {
    expectDecomposed(new Float64Array(12), 4, 3);
    expectDecomposed(Float64Array.of(0, 0, 0, 0, -3, 0, 0, 0, 2), 3, 3);
    expectDecomposed(Float64Array.of(1, 1, 0, 0, 0, 1, 0, 0, 2), 3, 3);
    expectDecomposed(Float64Array.of(0, 1, 0, 0, 0, 1, 0, 0, 0), 3, 3);
  });

  it('keeps numbers whose squares overflow or underflow', () => {
    for (const unit of [1e200, 1e-200]) {
      const values = singularValuesOf(Float64Array.of(3 * unit, 0, 4 * unit, 5 * unit), 2, 2);
      expect(values[0] / unit).toBeCloseTo(Math.sqrt(45), 12);
      expect(values[1] / unit).toBeCloseTo(Math.sqrt(5), 12);
    }
  });

  it('refuses numbers that are not finite', () => {
    expect(() => singularValuesOf(Float64Array.of(1, 2, Number.NaN, 4), 2, 2)).toThrow('not finite');
  });
});
