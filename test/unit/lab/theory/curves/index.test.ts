import { describe, expect, it } from 'vitest';
import { readTextOnly } from '../../../../../extension/lab/compiler/source/functionSource.ts';
import {
  dataset,
  factorization,
  gd,
  gradientFlow,
  matrixCompletion,
  naturalGradientFlow,
  network,
  ngd,
  teacher,
} from '../../../../../extension/lab/index.ts';
import type { AnyOptimizer } from '../../../../../extension/lab/optimizers/index.ts';
import { buildPredictor } from '../../../../../extension/lab/parameterizations/build.ts';
import type { Parameterization } from '../../../../../extension/lab/parameterizations/parameterization.ts';
import type { AnyProblem } from '../../../../../extension/lab/problems/index.ts';
import type { RunResult, Theory } from '../../../../../extension/lab/results.ts';
import type { EndedRun } from '../../../../../extension/lab/theory/run.ts';
import { theoryOf } from '../../../../../extension/lab/theory/theory.ts';
import { gaussianRows, trained } from '../../trained.ts';

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

describe('the loss of a network under natural gradient flow', () => {
  const square = teacher({ dimension: 3, train: 8, test: 20, widths: [2] });
  const rows = gaussianRows(31, 8, 3);
  const classes = dataset({
    train: { inputs: rows, labels: rows.map(([a, b]) => Math.sign(a * b)) },
    loss: 'logistic',
  });
  const flow = naturalGradientFlow({ until: 3, rtol: 1e-10, atol: 1e-13 });

  it.each<[string, AnyProblem, Parameterization]>([
    ['square loss', square, network({ widths: [12] })],
    ['square loss, two layers', square, network({ widths: [10, 10], activation: 'softplus', bias: true })],
    ['square loss, last layer from 0', square, network({ widths: [12], zeroOutput: true })],
    ['logistic loss', classes, network({ widths: [12] })],
  ])('is the universal curve of its start: %s', async (_name, problem, written) => {
    const trainedRun = run(0, problem, written, flow);
    expect(trainedRun.singular).toBeUndefined();
    const { curves, targets } = await theory(problem, [trainedRun]);
    expect(targets).toEqual([]);
    expect(curves).toMatchObject([{ run: 0, name: 'natural gradient flow' }]);
    const { samples } = trained({ problem, parameterization: written, optimizer: flow });
    expect(samples).toHaveLength(curves[0].trainLoss.length);
    samples.forEach(({ train }, i) => {
      expect(train.loss / curves[0].trainLoss[i]).toBeCloseTo(1, 6);
    });
  });

  it.each<[string, AnyProblem, Parameterization, AnyOptimizer]>([
    ['fewer parameters than examples', square, network({ widths: [1] }), flow],
    ['a Jacobian without full rank at the initialization', square, network({ widths: [4], zeroOutput: true }), flow],
    ['gradient descent', square, network({ widths: [12] }), gd({ rate: 0.1 })],
    ['damping', square, network({ widths: [12] }), ngd({ rate: 0.1, damping: 1e-3 })],
  ])('is not known for %s', async (_name, problem, written, optimizer) => {
    const { curves, comparisons } = await theory(problem, [run(0, problem, written, optimizer, 20)]);
    expect(curves).toEqual([]);
    expect(comparisons).toEqual([]);
  });
});

describe('the loss of a product of matrices that sees every entry', () => {
  const observed = [0, 1].flatMap((i) => [0, 1].map((j): [number, number] => [i, j]));
  const problem = matrixCompletion({
    matrix: [
      [2, 1],
      [1, 2],
    ],
    observed,
  });
  const product = factorization({ depth: 2, init: 'identity', scale: 0.3 });

  it.each<[string, string[], AnyOptimizer]>([
    ['gradient flow', ['modes of the deep product'], gradientFlow({ until: 20 })],
    ['gradient descent', ['modes of the deep product'], gd({ rate: 0.01 })],
    ['normalized gradient descent', [], gd({ rate: 0.01, normalized: true })],
    ['stochastic gradient descent', [], gd({ rate: 0.01, batch: 2 })],
    ['natural gradient flow', ['natural gradient flow'], naturalGradientFlow({ until: 2 })],
  ])('under %s: %s', async (_name, names, optimizer) => {
    const ended = run(0, problem, product, optimizer, 400);
    const { curves } = await theory(problem, [ended]);
    expect(curves.map(({ name }) => name)).toEqual(names);
    for (const { trainLoss } of curves) expect(ended.train.loss / trainLoss[trainLoss.length - 1]).toBeCloseTo(1, 1);
  });
});
