import { describe, expect, it } from 'vitest';
import { readTextOnly } from '../../../../../extension/lab/compiler/source/functionSource.ts';
import { elementwise, gd, linear, ngd, separable } from '../../../../../extension/lab/index.ts';
import { ExperimentResult } from '../../../../../extension/lab/metrics/experimentResult.ts';
import type { AnyOptimizer } from '../../../../../extension/lab/optimizers/index.ts';
import { buildPredictor } from '../../../../../extension/lab/parameterizations/build.ts';
import type { Parameterization } from '../../../../../extension/lab/parameterizations/parameterization.ts';
import type { AnyProblem } from '../../../../../extension/lab/problems/index.ts';
import type { RunResult, Theory } from '../../../../../extension/lab/results.ts';
import type { EndedRun } from '../../../../../extension/lab/theory/run.ts';
import { theoryOf } from '../../../../../extension/lab/theory/theory.ts';
import { trained } from '../../trained.ts';

type Run = RunResult & { ended: EndedRun };

/** Trains a run and hands it to theory as the engine does. */
function run(
  id: number,
  problem: AnyProblem,
  parameterization: Parameterization,
  optimizer: AnyOptimizer,
  steps = 0,
): Run {
  const result = trained({ problem, parameterization, optimizer, steps });
  const { samples, parameters, predictor, ...rest } = result;
  const ended: EndedRun = {
    run: id,
    program: buildPredictor(parameterization, problem, readTextOnly),
    optimizer,
    isFinished: true,
    start: samples[0].predictor,
    startOutputs: samples[0].outputs ?? new Float64Array(),
    end: predictor,
    parameters,
    step: Float64Array.from(samples, ({ step }) => step),
    time: Float64Array.from(samples, ({ time }) => time),
  };
  return { ...rest, predictor, id, ended };
}

const theory = (problem: AnyProblem, runs: readonly Run[], isShown = true): Promise<Theory> =>
  theoryOf({ point: null, seed: 1, problem, isShown, runs: runs.map(({ ended }) => ended) });

describe('what theory says of ended runs', () => {
  const problem = separable({ dimension: 20, train: 12, sparsity: 3 });
  const squares = elementwise({ u: 0.1, v: 0.1 }, ({ u, v }) => u * u - v * v);

  it('has residuals beside the angles, with what they mean', async () => {
    const runs = [run(0, problem, squares, gd({ rate: 0.1 }), 300), run(1, problem, squares, ngd({ rate: 0.1 }), 100)];
    const { comparisons, conditions } = await theory(problem, runs);
    expect(conditions.map(({ name }) => name)).toEqual(['max-margin KKT', 'stationarity']);
    for (const { meaning, source } of conditions) {
      expect(meaning).toMatch(/^[A-Z].*\.$/);
      expect(source).toMatch(/\d{4}/);
    }
    const [descent, natural] = comparisons.map(({ to }) => to);
    expect(descent['max L1 margin']).toHaveProperty('angle');
    expect(descent['max-margin KKT']).toHaveProperty('residual');
    expect(descent).not.toHaveProperty('stationarity');
    expect(natural.stationarity).toHaveProperty('residual');
    expect((await theory(problem, runs, false)).conditions).toEqual([]);
  });

  it('is there for claims', async () => {
    const runs = [run(0, problem, squares, gd({ rate: 0.1 }), 300), run(1, problem, squares, ngd({ rate: 0.1 }), 100)];
    const answer = await theory(problem, runs);
    const named = runs.map(({ ended: _, ...rest }, i) => ({ ...rest, optimizer: ['GD', 'NGD'][i] }));
    const result = new ExperimentResult(named, new Map(), { answers: [answer], failureReason: null });
    expect({ residual: result.residual('stationarity', 'NGD', 'p') }).toEqual(answer.comparisons[1].to.stationarity);
    const kkt = { residual: result.residual('max-margin KKT', 'GD', 'p') };
    expect(kkt).toEqual(answer.comparisons[0].to['max-margin KKT']);
    expect(() => result.residual('stationarity', 'GD', 'p')).toThrow("theory does not predict 'stationarity' here");
    expect(() => result.residual('max L2 margin', 'GD', 'p')).toThrow(/measured by another of .*'residual'/);
    expect(() => result.angle('max-margin KKT', 'GD', 'p')).toThrow(/measured by another/);
    expect(() => result.residual('stationarity', 'GG', 'p')).toThrow("there is no optimizer 'GG'");
  });

  it('says nothing of runs that diverged', async () => {
    const { ended } = run(0, problem, linear(), gd({ rate: 0.1 }), 10);
    const request = { point: null, seed: 1, problem, isShown: true };
    const { comparisons } = await theoryOf({ ...request, runs: [{ ...ended, end: null, parameters: null }] });
    expect(comparisons).toEqual([]);
  });
});
