import { describe, expect, it } from 'vitest';
import * as lab from '../../../../extension/lab/index.ts';
import {
  type AnyProblem,
  drawProblem,
  drawTraining,
  problemDescription,
} from '../../../../extension/lab/problems/index.ts';
import type { Inputs, ProblemData } from '../../../../extension/lab/problems/problem.ts';
import { trained } from '../trained.ts';

const { adam, factorization, gaussNewton, gd, gradientFlow, kfac, linear, momentum, naturalGradientFlow, network } =
  lab;
const { matrixCompletion, matrixSensing, ngd, regression, separable, signDescent, teacher } = lab;

const valuesOf = (inputs: Inputs | null) => (inputs?.kind === 'rows' ? inputs.values : inputs?.indices);
const numbersOf = ({ train, test, trainTargets, testTargets, truth }: ProblemData) =>
  [valuesOf(train), trainTargets, valuesOf(test), testTargets, truth].map((numbers) => numbers && [...numbers]);

const rate = 0.01;
const optimizers = {
  gd: gd({ rate, normalized: true }),
  batches: gd({ rate, batch: 2 }),
  momentum: momentum({ rate }),
  adam: adam({ rate }),
  signDescent: signDescent({ rate }),
  ngd: ngd({ rate }),
  damped: ngd({ rate, damping: 0.1 }),
  population: ngd({ rate, fisher: 'population' }),
  empirical: ngd({ rate, fisher: 'empirical', damping: 0.1 }),
  iterative: ngd({ rate, solver: 'iterative', damping: 0.1 }),
  gaussNewton: gaussNewton({ rate, damping: 0.1 }),
  gradientFlow: gradientFlow({ until: 0.1 }),
  naturalGradientFlow: naturalGradientFlow({ until: 0.1 }),
};

const problems: Record<string, [AnyProblem, Parameters<typeof trained>[0]['parameterization']]> = {
  separable: [separable({ dimension: 6, train: 4, test: 5, noise: 0.2 }), linear()],
  regression: [regression({ dimension: 6, train: 4, test: 5, noise: 0.1 }), linear()],
  teacher: [teacher({ dimension: 3, train: 4, test: 5, widths: [3] }), network({ widths: [4], activation: 'tanh' })],
  matrixSensing: [matrixSensing({ rows: 3, columns: 3, rank: 1, train: 5, test: 5 }), factorization({ depth: 2 })],
  matrixCompletion: [matrixCompletion({ rows: 3, columns: 4, rank: 1, observed: 6 }), factorization({ depth: 2 })],
};

describe('the data of a problem', () => {
  it.each(Object.entries(problems))(
    'are the same after runs that shared them: %s',
    (name, [problem, parameterization]) => {
      const description = problemDescription(problem);
      const before = numbersOf(drawProblem(description, 1));
      for (const optimizer of Object.values(optimizers))
        trained({ problem, parameterization, optimizer, steps: 5, seed: 1 });
      if (name === 'teacher') trained({ problem, parameterization, optimizer: kfac({ rate }), steps: 5 });
      expect(numbersOf(drawProblem(description, 1))).toEqual(before);
    },
  );

  it('are drawn once for each seed of each problem', () => {
    const [one, other] = [4, 5].map((train) => problemDescription(separable({ dimension: 3, train })));
    expect(drawProblem(one!, 1)).toBe(drawProblem(one!, 1));
    expect(drawProblem(one!, 1)).not.toBe(drawProblem(one!, 2));
    expect(drawProblem(other!, 1).trainTargets).toHaveLength(5);
    const fixed = problemDescription(separable({ dimension: 3, train: 4, seed: 7 }));
    expect(drawProblem(fixed, 1)).toBe(drawProblem(fixed, 2));
  });

  it.each(Object.entries(problems))('are the same without the test data: %s', (_, [problem]) => {
    const description = problemDescription(problem);
    expect(numbersOf(drawTraining(description, 3))).toEqual(
      numbersOf({ ...drawProblem(description, 3), test: null, testTargets: null }),
    );
  });
});
