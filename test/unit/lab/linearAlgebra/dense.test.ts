import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { product, transpose } from '../../../../extension/lab/linearAlgebra/dense.ts';

/** A matrix of small integers, whose products are exact. */
const matrix = (rows: number, columns: number) =>
  fc
    .array(fc.integer({ min: -99, max: 99 }), { minLength: rows * columns, maxLength: rows * columns })
    .map((numbers) => Float64Array.from(numbers));

const size = fc.integer({ min: 1, max: 21 });

describe('row-major matrices', () => {
  it('are multiplied', () => {
    const pairs = fc
      .tuple(size, size, size)
      .chain(([m, k, n]) => fc.tuple(fc.constant([m, k, n] as const), matrix(m, k), matrix(k, n)));
    fc.assert(
      fc.property(pairs, ([[m, k, n], a, b]) => {
        const c = product(a, b, m, k, n);
        expect(c).toHaveLength(m * n);
        for (let i = 0; i < m; i++) {
          for (let j = 0; j < n; j++) {
            let sum = 0;
            for (let l = 0; l < k; l++) sum += a[i * k + l] * b[l * n + j];
            expect(c[i * n + j]! + 0).toBe(sum + 0);
          }
        }
      }),
    );
  });

  it('are transposed', () => {
    expect([...transpose(Float64Array.of(1, 2, 3, 4, 5, 6), 2, 3)]).toEqual([1, 4, 2, 5, 3, 6]);
  });
});
