import { describe, expect, it } from 'vitest';
import { factorization, matrixCompletion, naturalGradientFlow } from '../../../../extension/lab/index.ts';
import { populationFlowCompletion } from '../../../../extension/lab/theory/populationFlow.ts';
import { required } from '../../required.ts';
import { gaussianRows, trained } from '../trained.ts';

describe('the end of natural gradient flow with the population Fisher', () => {
  const matrix = gaussianRows(41, 5, 4);
  const observed = [0, 2, 3, 7, 8, 11, 13, 14, 18];

  it('is where a product of two matrices goes', () => {
    const run = trained({
      problem: matrixCompletion({ matrix, observed: observed.map((i) => [Math.floor(i / 4), i % 4]) }),
      parameterization: factorization({ depth: 2, scale: 0.5 }),
      optimizer: naturalGradientFlow({ until: 2, fisher: 'population', rtol: 1e-10, atol: 1e-13 }),
    });
    const start = run.samples[0].predictor ?? new Float64Array(20);
    const targets = Float64Array.from(observed, (i) => matrix.flat()[i]);
    const flow = (t: number) => populationFlowCompletion(start, Int32Array.from(observed), targets, 5, 4, t);
    for (const { time, predictor } of run.samples.filter((_, k) => k % 20 === 0)) {
      flow(time).forEach((value, i) => {
        expect(Math.abs(value - required(predictor?.[i]))).toBeLessThan(1e-7);
      });
    }
    const end = flow(Number.POSITIVE_INFINITY);
    end.forEach((value, i) => {
      expect(value).toBe(observed.includes(i) ? matrix.flat()[i] : start[i]);
    });
  });
});
