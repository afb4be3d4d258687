import { describe, expect, it } from 'vitest';
import { factorization, gd, linear, matrixCompletion, ngd } from '../../../../extension/lab/index.ts';
import { required } from '../../required.ts';
import { gaussianRows, norm, trained } from '../trained.ts';

describe('completion with the population Fisher', () => {
  it('moves unobserved entries less and less as the rate goes to 0, from a Gaussian start', () => {
    const problem = matrixCompletion({ rows: 6, columns: 6, rank: 1, observed: 0.6, seed: 3 });
    const moved = (rate: number) => {
      const run = trained({
        problem,
        parameterization: factorization({ depth: 2, scale: 0.3 }),
        optimizer: ngd({ rate, fisher: 'population' }),
        steps: Math.round(4 / rate),
      });
      const start = run.samples[0].predictor ?? new Float64Array(36);
      const end = run.predictor ?? new Float64Array(36);
      const seen = new Set<number>();
      const other = trained({ problem, parameterization: linear(), optimizer: gd({ rate: 0.1 }), steps: 1 });
      other.predictor?.forEach((value, i) => {
        if (value !== 0) seen.add(i);
      });
      expect(seen.size).toBe(22);
      const hidden = Array.from(end, (value, i) => (seen.has(i) ? 0 : value - start[i]));
      return norm(hidden) / Math.sqrt(36 - 22);
    };
    const [coarse, fine, finest] = [moved(0.02), moved(0.005), moved(0.00125)];
    expect(fine).toBeLessThan(0.5 * coarse);
    expect(finest).toBeLessThan(0.5 * fine);
    expect(finest).toBeLessThan(5e-3);
  });

  it('of depth 1 never moves them, and shrinks the residual by 1 − rate · mn / |Ω| a step', () => {
    const matrix = gaussianRows(31, 4, 5);
    const observed: [number, number][] = [
      [0, 0],
      [1, 2],
      [3, 4],
      [2, 1],
      [0, 3],
    ];
    const problem = matrixCompletion({ matrix, observed });
    const run = trained({
      problem,
      parameterization: linear({ init: 0.3 }),
      optimizer: ngd({ rate: 0.05, fisher: 'population' }),
      steps: 30,
    });
    const factor = (1 - (0.05 * 20) / 5) ** 30;
    matrix.flat().forEach((target, i) => {
      const isSeen = observed.some(([row, column]) => row * 5 + column === i);
      const exact = isSeen ? target + (0.3 - target) * factor : 0.3;
      expect(Math.abs(required(run.predictor?.[i]) - exact)).toBeLessThan(1e-13);
    });
  });
});
