import { describe, expect, it } from 'vitest';
import { readTextOnly } from '../../../../../extension/lab/compiler/source/functionSource.ts';
import {
  dataset,
  factorization,
  linear,
  matrixCompletion,
  matrixSensing,
  naturalGradientFlow,
  ngd,
  regression,
  separable,
} from '../../../../../extension/lab/index.ts';
import { buildPredictor } from '../../../../../extension/lab/parameterizations/build.ts';
import type { AnyProblem } from '../../../../../extension/lab/problems/index.ts';
import { drawProblem } from '../../../../../extension/lab/problems/index.ts';
import { angle, relativeDistance } from '../../../../../extension/lab/theory/compare.ts';
import { predicted, predictionsOf, startPredictions } from '../../../../../extension/lab/theory/predictions/index.ts';
import { type Prediction, trainingData } from '../../../../../extension/lab/theory/predictions/prediction.ts';
import type { EndedRun } from '../../../../../extension/lab/theory/run.ts';
import { required } from '../../../required.ts';
import { sparseData, trained } from '../../trained.ts';

const dataOf = (problem: AnyProblem) => drawProblem(problem, 1);
const trainingDataOf = (problem: AnyProblem) => trainingData(dataOf(problem));
const namesOf = async (problem: AnyProblem) => (await predictionsOf(trainingDataOf(problem))).map(({ name }) => name);

describe('the predictions for a problem', () => {
  it('are margins and equalizing fits for fewer labels than dimensions', async () => {
    const predictions = await predictionsOf(trainingDataOf(separable({ dimension: 20, train: 12, sparsity: 3 })));
    expect(predictions.map(({ name, kind }) => [name, kind])).toEqual([
      ['max L2 margin', 'direction'],
      ['max L1 margin', 'direction'],
      ['minimum-norm fit', 'direction'],
      ['least-L1 fit', 'direction'],
    ]);
    for (const { point, meaning, source } of predictions) {
      expect(point).toHaveLength(20);
      expect(meaning).toMatch(/^[A-Z].*\.$/);
      expect(source).toMatch(/\d{4}/);
    }
  });

  it('are margins alone for more labels, and nothing where no linear rule separates them', async () => {
    expect(await namesOf(separable({ dimension: 5, train: 30 }))).toEqual(['max L2 margin', 'max L1 margin']);
    expect(await namesOf(separable({ dimension: 5, train: 60, noise: 0.4 }))).toEqual([]);
  });

  it('leave out the fits where inputs repeat', async () => {
    const { inputs, labels } = sparseData(1, 4, 10);
    const train = { inputs: [...inputs, inputs[0]], labels: [...labels, labels[0]] };
    expect(await namesOf(dataset({ train, loss: 'logistic' }))).toEqual(['max L2 margin', 'max L1 margin']);
  });

  it('are interpolators or least squares for the square loss, and the least nuclear norm of a completion', async () => {
    const interpolators = ['minimum-norm fit', 'least-L1 fit'];
    expect(await namesOf(regression({ dimension: 20, train: 12 }))).toEqual(interpolators);
    expect(await namesOf(regression({ dimension: 12, train: 20 }))).toEqual(['least squares']);
    expect(await namesOf(matrixSensing({ rows: 5, columns: 4, rank: 1, train: 12 }))).toEqual(interpolators);
    expect(await namesOf(matrixCompletion({ rows: 6, columns: 5, rank: 1, observed: 18 }))).toEqual([
      'least nuclear norm',
    ]);
  });

  it('are left out where they would take long', async () => {
    expect(await namesOf(regression({ dimension: 1000, train: 500 }))).toEqual([]);
    expect(await namesOf(matrixCompletion({ rows: 100, columns: 100, rank: 1, observed: 0.5 }))).toEqual([]);
  });

  it('come true for natural gradient descent on a linear model', async () => {
    const problem = separable({ dimension: 20, train: 12, sparsity: 3 });
    const run = trained({ problem, parameterization: linear(), optimizer: ngd({ rate: 0.1 }), steps: 100 });
    const [fit] = (await predictionsOf(trainingDataOf(problem))).filter(({ name }) => name === 'minimum-norm fit');
    expect(angle(required(run.predictor), fit.point)).toBeLessThan(1e-10);
  });
});

/** The limits that hold for a run of a linear model from `start`. */
async function limitsFrom(
  problem: AnyProblem,
  start: Float64Array,
  how: Partial<EndedRun> = {},
): Promise<Prediction[]> {
  const training = trainingData(dataOf(problem));
  const run: EndedRun = {
    run: 0,
    program: buildPredictor(linear(), problem, readTextOnly),
    optimizer: ngd({ rate: 0.05 }),
    start,
    end: start,
    isFinished: true,
    parameters: start,
    startOutputs: new Float64Array(training.data.train.count),
    step: Float64Array.of(0),
    time: Float64Array.of(0),
    ...how,
  };
  const found = startPredictions.filter((one) => one.holdsFor(run, training, 1));
  return (await Promise.all(found.map((one) => predicted(one, () => one.predict(training, start))))).flat();
}

describe('the limits from a start', () => {
  const wide = separable({ dimension: 5, train: 30 });
  const completion = matrixCompletion({ rows: 6, columns: 5, rank: 1, observed: 18 });

  it('exist for more labels than dimensions, and for completions', async () => {
    expect(await limitsFrom(wide, new Float64Array(5))).toMatchObject([
      { name: 'natural flow limit', kind: 'direction' },
    ]);
    expect(await limitsFrom(separable({ dimension: 30, train: 5 }), new Float64Array(30))).toEqual([]);
    expect(await limitsFrom(regression({ dimension: 5, train: 30 }), new Float64Array(5))).toEqual([]);
    const [flow] = await limitsFrom(completion, new Float64Array(30).fill(9));
    expect(flow).toMatchObject({ name: 'population flow', kind: 'point' });
    expect(flow.point.filter((value) => value === 9)).toHaveLength(12);
  });

  it('are left out where a run takes long steps or did not come to its end', async () => {
    for (const how of [{ optimizer: ngd({ rate: 0.4 }) }, { isFinished: false }]) {
      expect(await limitsFrom(wide, new Float64Array(5), how)).toEqual([]);
      expect(await limitsFrom(completion, new Float64Array(30), how)).toEqual([]);
    }
  });

  it('come true for a completion', async () => {
    const problem = matrixCompletion({ rows: 5, columns: 5, rank: 1, observed: 15 });
    const run = trained({
      problem,
      parameterization: factorization({ depth: 2, scale: 0.5 }),
      optimizer: naturalGradientFlow({ until: 15, fisher: 'population' }),
    });
    const [flow] = await limitsFrom(problem, run.samples[0].predictor ?? new Float64Array(25));
    expect(run.singular).toBeUndefined();
    expect(relativeDistance(required(run.predictor), flow.point)).toBeLessThan(1e-6);
  });
});
