/** Events as the engine sends them, for tests. */
import type { EngineEvent } from '../../../extension/engine/protocol.ts';
import type { RunResult, SampleBatch } from '../../../extension/lab/results.ts';
import type { Failure } from '../../../extension/report/failure.ts';
import type { GridPlan } from '../../../extension/report/grid.ts';

export const FILE = '/folder/first.lab.ts';

export function grid(experiment = 'One'): GridPlan {
  return {
    experiment,
    line: 3,
    column: 1,
    problem: {
      inputs: 'rows',
      description: 'a problem',
      loss: 'logistic',
      errorName: 'error rate',
      predictorShape: [2],
      train: 4,
      test: 4,
      truth: null,
      observed: null,
    },
    parameterizations: ['linear', 'square'],
    optimizers: [
      { name: 'GD', family: 'gradient', description: '' },
      { name: 'NGD', family: 'natural gradient', description: '' },
    ],
    seeds: [1, 2],
    points: [],
    runs: ['linear', 'square'].flatMap((parameterization, p) =>
      ['GD', 'NGD'].flatMap((optimizer, o) =>
        [1, 2].map((seed, s) => ({ id: 4 * p + 2 * o + s, point: null, parameterization, optimizer, seed })),
      ),
    ),
    claims: ['a claim'],
    steps: 100,
  };
}

export function batch(run: number, testError: number[], trainError = testError.map((error) => error / 2)): SampleBatch {
  const numbers = (values: number[]) => Float64Array.from(values);
  return {
    run,
    step: numbers(testError.map((_, i) => i)),
    time: numbers(testError.map((_, i) => i / 10)),
    trainLoss: numbers(trainError),
    trainError: numbers(trainError),
    testLoss: numbers(testError),
    testError: numbers(testError),
    predictor: null,
  };
}

export function result(id: number, testError: number): RunResult {
  return {
    ...grid().runs[id],
    steps: 100,
    time: 10,
    engine: 'cpu',
    device: 'javascript',
    seconds: 0.1,
    train: { loss: 0.1, error: 0 },
    test: { loss: 0.2, error: testError },
    gap: { loss: 0.1, error: testError },
    margins: null,
    norms: null,
    predictor: null,
    outputs: new Float64Array(4),
  };
}

export function failure(details: Partial<Failure> = {}): Failure {
  return {
    kind: 'definition',
    message: 'wrong',
    hint: null,
    file: FILE,
    line: 5,
    column: 3,
    endLine: null,
    endColumn: null,
    fixes: [],
    experiment: 'One',
    ...details,
  };
}

/** An event without the number of its request. */
export type Bare = EngineEvent extends infer E ? (E extends EngineEvent ? Omit<E, 'request'> : never) : never;

/** The events of a run that goes well, up to its end. */
export function goodRun(experiment = 'One', testError = 0.25): Bare[] {
  return [
    { type: 'loaded', experiments: [{ experiment, line: 3, column: 1 }] },
    { type: 'planned', grid: grid(experiment) },
    { type: 'sampled', experiment, samples: [batch(0, [0.5, testError])] },
    { type: 'ran', experiment, run: result(0, testError) },
    { type: 'claimed', experiment, claims: [{ claim: 'a claim', holds: true, error: null }] },
    { type: 'finished', experiment, seconds: 1.5 },
  ];
}
