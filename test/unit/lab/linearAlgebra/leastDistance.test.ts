import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nonNegativeLeastSquares } from '../../../../extension/lab/linearAlgebra/leastDistance.ts';
import { minimumNormFit } from '../../../../extension/lab/theory/minimumNormFit.ts';
import { flat, seeds, subsets } from '../theory/randomProblems.ts';
import { gaussianRows, norm } from '../trained.ts';

describe('non-negative least squares', () => {
  it('are the best over all sets of columns', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 4 }), (seed, count, length) => {
        const columns = gaussianRows(seed, count, length).map((column) => Float64Array.from(column));
        const target = flat(gaussianRows(seed + 1, 1, length));
        const { u, residual } = nonNegativeLeastSquares(columns, target);
        expect(Math.min(...u)).toBeGreaterThanOrEqual(0);
        let least = norm(target);
        for (let size = 1; size <= count; size++) {
          for (const chosen of subsets(count, size)) {
            const x = new Float64Array(length * size);
            chosen.forEach((c, k) => {
              for (let i = 0; i < length; i++) x[i * size + k] = columns[c][i];
            });
            const weights = minimumNormFit(x, length, size, target);
            if (Math.min(...weights) < 0) continue;
            least = Math.min(
              least,
              norm(target.map((t, i) => t - chosen.reduce((sum, c, k) => sum + weights[k] * columns[c][i], 0))),
            );
          }
        }
        expect(Math.abs(norm(residual) - least)).toBeLessThan(1e-10);
        const again = target.map((t, i) => t - columns.reduce((sum, column, k) => sum + u[k] * column[i], 0));
        expect(norm(again.map((value, i) => value - residual[i]))).toBeLessThan(1e-10);
      }),
      { numRuns: 100 },
    );
  });
});
