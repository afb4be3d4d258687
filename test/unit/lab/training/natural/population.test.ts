import { describe, expect, it } from 'vitest';
import { separable } from '../../../../../extension/lab/index.ts';
import { drawProblem } from '../../../../../extension/lab/problems/index.ts';
import { populationInputs } from '../../../../../extension/lab/training/natural/population.ts';

describe('the population of a separable problem', () => {
  it('keeps the margin that its examples keep', () => {
    const problem = separable({ dimension: 5, train: 4, margin: 1 });
    const data = drawProblem(problem, 1);
    const { values, count } = populationInputs(problem, data, 200, 1);
    const truth = data.truth ?? new Float64Array();
    for (let i = 0; i < count; i++) {
      const score = truth.reduce((sum, w, j) => sum + w * values[i * 5 + j], 0);
      expect(Math.abs(score)).toBeGreaterThanOrEqual(1 - 1e-12);
    }
  });
});
