import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factorCholesky, solveLower, solveLowerTransposed } from '../../../../extension/lab/linearAlgebra/cholesky.ts';
import { multiply } from '../../../../extension/lab/linearAlgebra/condition.ts';
import { gaussianRows } from '../trained.ts';

/** A positive definite matrix A = G Gᵀ + I, its lower Cholesky factor, and a vector. */
function system(seed: number, n: number) {
  const rows = gaussianRows(seed, n, n);
  const a = Float64Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    return rows[i]!.reduce((sum, x, k) => sum + x * rows[j]![k]!, i === j ? 1 : 0);
  });
  const l = a.slice();
  expect(factorCholesky(l, n)).toBe(true);
  return { a, l, b: Float64Array.from(gaussianRows(seed + 1, 1, n)[0]!) };
}

const size = fc.integer({ min: 1, max: 19 });

describe('products and solutions that take four rows together', () => {
  it('have the bits of one row after the other', () => {
    fc.assert(
      fc.property(size, fc.nat(1000), (n, seed) => {
        const { a, l, b } = system(seed, n);
        const product = new Float64Array(n);
        multiply(a, n, b, product);
        const forward = b.slice();
        solveLower(l, n, forward);
        const backward = b.slice();
        solveLowerTransposed(l, n, backward);

        const [products, below, above] = [new Float64Array(n), b.slice(), b.slice()];
        for (let i = 0; i < n; i++) {
          for (let j = 0; j < n; j++) products[i]! += a[i * n + j]! * b[j]!;
          for (let j = 0; j < i; j++) below[i]! -= l[i * n + j]! * below[j]!;
          below[i]! /= l[i * n + i]!;
        }
        for (let i = n - 1; i >= 0; i--) {
          above[i]! /= l[i * n + i]!;
          for (let j = 0; j < i; j++) above[j]! -= l[i * n + j]! * above[i]!;
        }
        expect([product, forward, backward]).toEqual([products, below, above]);
      }),
    );
  });

  it('solve A x = b', () => {
    fc.assert(
      fc.property(size, fc.nat(1000), (n, seed) => {
        const { a, l, b } = system(seed, n);
        const x = b.slice();
        solveLower(l, n, x);
        solveLowerTransposed(l, n, x);
        const product = new Float64Array(n);
        multiply(a, n, x, product);
        for (let i = 0; i < n; i++) expect(product[i]).toBeCloseTo(b[i]!, 9);
      }),
    );
  });
});
