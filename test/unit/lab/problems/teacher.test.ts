import { describe, expect, it } from 'vitest';
import { linear, network, ngd, teacher } from '../../../../extension/lab/index.ts';
import { drawProblem } from '../../../../extension/lab/problems/index.ts';
import { trained } from '../trained.ts';

describe('a teacher', () => {
  it('is the same for the same seed, and another for another', () => {
    const problem = teacher({ dimension: 5, train: 10, widths: [3] });
    expect(drawProblem(problem, 1)).toEqual(drawProblem(problem, 1));
    expect(drawProblem(problem, 1).trainTargets).not.toEqual(drawProblem(problem, 2).trainTargets);
    const fixed = teacher({ dimension: 5, train: 10, widths: [3], seed: 7 });
    expect(drawProblem(fixed, 1)).toEqual(drawProblem(fixed, 2));
  });

  it('without hidden layer is linear: a linear model recovers it', () => {
    const problem = teacher({ dimension: 5, train: 50, widths: [] });
    const run = trained({ problem, parameterization: linear(), optimizer: ngd({ rate: 1 }), steps: 2 });
    expect(run.test?.error).toBeLessThan(1e-12);
  });

  it('can be learnt by a network of its own kind, and not by a linear model', () => {
    const problem = teacher({ dimension: 3, train: 200, widths: [2], activation: 'square', seed: 2 });
    const error = (parameterization: ReturnType<typeof linear>) =>
      trained({ problem, parameterization, optimizer: ngd({ rate: 0.2, damping: 1e-6 }), steps: 200 }).test?.error ?? 1;
    expect(error(network({ widths: [2], activation: 'square' }))).toBeLessThan(1e-6);
    expect(error(linear())).toBeGreaterThan(0.3);
  });

  it('gives classes under the logistic loss, flipped with the probability that the noise says', () => {
    const labels = (noise: number) =>
      drawProblem(teacher({ dimension: 4, train: 5000, widths: [3], loss: 'logistic', noise }), 1);
    const [clean, noise] = [labels(0), labels(0.2)];
    expect(new Set(clean.trainTargets)).toEqual(new Set([1, -1]));
    const flips = clean.trainTargets.filter((y, i) => y !== noise.trainTargets[i]).length;
    expect(flips / 5000).toBeCloseTo(0.2, 1);
    expect(noise.testTargets).toEqual(clean.testTargets);
  });
});
