import { describe, expect, it } from 'vitest';
import { readTextOnly } from '../../../../../extension/lab/compiler/source/functionSource.ts';
import {
  deepLinear,
  type FisherOptions,
  factorization,
  linear,
  matrixCompletion,
  matrixSensing,
  naturalGradientFlow,
  ngd,
  type Parameterization,
  regression,
  separable,
} from '../../../../../extension/lab/index.ts';
import { buildPredictor } from '../../../../../extension/lab/parameterizations/build.ts';
import { initialize } from '../../../../../extension/lab/parameterizations/initialization.ts';
import { type AnyProblem, drawProblem } from '../../../../../extension/lab/problems/index.ts';
import { buildModel } from '../../../../../extension/lab/training/model.ts';
import { RankRevealingSpace } from '../../../../../extension/lab/training/natural/rankRevealing/rankRevealingSpace.ts';
import { TwoFactorSpace } from '../../../../../extension/lab/training/natural/twoFactorSpace.ts';
import { required } from '../../../required.ts';
import { trained } from '../../trained.ts';

const completion = matrixCompletion({ rows: 17, columns: 18, rank: 2, observed: 120 });

function spacesOf(problem: AnyProblem, parameterization: Parameterization, options: FisherOptions) {
  const program = buildPredictor(parameterization, problem, readTextOnly);
  const settings = ngd({ rate: 1, fisher: 'population', ...options });
  const task = () => ({
    ...{ model: buildModel(program, drawProblem(problem, 1)), settings, problem, seed: 1, rate: null },
  });
  const exact = TwoFactorSpace.create(task());
  const { model } = task();
  const dense = new RankRevealingSpace(model, settings, problem, 1);
  const shapes = program.parameters.map(({ shape }) => shape);
  for (const space of [exact, dense]) space?.module.memory.set(initialize(program.initialization, shapes, 1));
  return { exact, dense };
}

describe('the natural gradient of two factors', () => {
  it.each<[string, AnyProblem, Parameterization]>([
    ['completion', completion, factorization({ depth: 2, scale: 0.3 })],
    ['completion with wide factors', completion, factorization({ depth: 2, rank: 25, scale: 0.1 })],
    ['completion with narrow factors', completion, factorization({ depth: 2, rank: 3 })],
    ['balanced factors', completion, factorization({ depth: 2, init: 'balanced', scale: 0.5 })],
    ['sensing', matrixSensing({ rows: 18, columns: 17, rank: 1, train: 80 }), factorization({ depth: 2, rank: 18 })],
    ['a vector', regression({ dimension: 300, train: 40 }), deepLinear({ depth: 2, width: 3, scale: 0.4 })],
  ])('is that of the decomposed Jacobian: %s', (_name, problem, parameterization) => {
    for (const damping of [0, 1e-4]) {
      const { exact, dense } = spacesOf(problem, parameterization, {});
      const [a, b] = [required(exact).solve(damping), dense.solve(damping)];
      const apart = Math.hypot(...a.map((value, i) => value - b[i]!)) / Math.hypot(...b);
      expect(apart).toBeLessThan(1e-9);
      expect(required(exact).rank).toBe(dense.rank);
      const { condition, dropped } = required(exact).report();
      expect(dropped).toBe(dense.report().dropped);
      expect(required(condition) / required(dense.report().condition)).toBeCloseTo(1, 1);
    }
  });

  it('is no number where a factor is none', () => {
    const { exact } = spacesOf(completion, factorization({ depth: 2, scale: 0.3 }), {});
    const space = required(exact);
    space.module.memory[3] = Number.NaN;
    expect(space.solve(0).every(Number.isNaN)).toBe(true);
    expect([space.rank, space.report().condition]).toEqual([0, null]);
  });

  it('is for the population Fisher of two factors alone, and for large matrices', () => {
    const product = factorization({ depth: 2 });
    const of = (...asked: Parameters<typeof spacesOf>) => spacesOf(...asked).exact;
    expect(of(completion, product, { fisher: 'train' })).toBeNull();
    expect(of(completion, product, { solver: 'iterative' })).toBeNull();
    expect(of(completion, factorization({ depth: 3 }), {})).toBeNull();
    expect(of(completion, linear(), {})).toBeNull();
    expect(of(matrixCompletion({ rows: 8, columns: 8, rank: 1, observed: 30 }), product, {})).toBeNull();
    const gaussian = separable({ dimension: 300, train: 10, test: 0 });
    expect(of(gaussian, deepLinear({ depth: 2, width: 2 }), {})).toBeNull();
  });

  /** The published start of a matrix of this size: a standard deviation of √0.001 / √n. */
  const small = (n: number) => factorization({ depth: 2, scale: Math.sqrt(0.001 / n) });

  const large = matrixCompletion({ rows: 100, columns: 100, rank: 5, observed: 2000 });

  it('solves a large matrix from a small start', { timeout: 120_000 }, () => {
    const optimizer = ngd({ rate: 1e-4, fisher: 'population' });
    const run = trained({ problem: large, parameterization: small(100), optimizer, steps: 3 });
    expect(run.solver).toMatchObject({ solver: 'predictor', rank: 10_000 });
    // A step moves the observed entries by rate · mn/|Ω| of their residuals, to first order.
    const [first] = run.samples;
    expect(run.train.error / required(first).train.error).toBeCloseTo((1 - 1e-4 * 5) ** 3, 3);
  });

  it('follows a flow from there', { timeout: 300_000 }, () => {
    const optimizer = naturalGradientFlow({ until: 0.2, fisher: 'population', rtol: 1e-2, atol: 1e-4 });
    const { samples, ...run } = trained({ problem: large, parameterization: small(100), optimizer });
    expect([run.unsolved, run.singular, run.time]).toEqual([undefined, undefined, 0.2]);
    const [first] = samples;
    expect(run.train.error / required(first).train.error).toBeCloseTo(Math.exp(-1), 2);
    expect(required(run.test).error).toBeCloseTo(required(required(first).test).error, 2);
  });

  it('follows a flow whose observed residuals decay as they must', { timeout: 120_000 }, () => {
    const problem = matrixCompletion({ rows: 24, columns: 24, rank: 1, observed: 200 });
    const optimizer = naturalGradientFlow({ until: 0.2, fisher: 'population', rtol: 1e-6 });
    const { samples, ...run } = trained({
      problem,
      parameterization: factorization({ depth: 2, scale: 0.4 }),
      optimizer,
    });
    const [first] = samples;
    // f − y decays as exp(−t mn/|Ω|), the others stay.
    const decay = Math.exp((-0.2 * 24 * 24) / 200);
    expect(run.train.error / required(first).train.error).toBeCloseTo(decay, 5);
    expect(required(run.test).error).toBeCloseTo(required(required(first).test).error, 5);
  });
});
