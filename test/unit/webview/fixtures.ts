import type { RunResult, SampleBatch } from '../../../extension/lab/results.ts';
import type { GridPlan } from '../../../extension/report/grid.ts';
import type { ExperimentView } from '../../../extension/report/view.ts';
import { idleRecord } from '../../../extension/runs/record.ts';

/** Two parameterizations, two optimizers, two seeds: eight runs. */
export const grid: GridPlan = {
  experiment: 'small',
  line: 1,
  column: 1,
  problem: {
    inputs: 'rows',
    description: '4 examples in 2 dimensions',
    loss: 'logistic',
    errorName: 'error rate',
    predictorShape: [2],
    train: 4,
    test: 10,
    truth: Float64Array.of(3, 4),
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
      [1, 2].map((seed, s) => ({ id: p * 4 + o * 2 + s, point: null, parameterization, optimizer, seed })),
    ),
  ),
  claims: ['first', 'second'],
  steps: 100,
};

/** A batch of one run whose train loss is given and whose other curves follow from it. */
export function batch(run: number, step: number[], trainLoss: number[]): SampleBatch {
  return {
    run,
    step: Float64Array.from(step),
    time: Float64Array.from(step, (at) => at / 10),
    trainLoss: Float64Array.from(trainLoss),
    trainError: Float64Array.from(trainLoss, (loss) => loss / 2),
    testLoss: Float64Array.from(trainLoss, (loss) => loss * 2),
    testError: Float64Array.from(trainLoss, (loss) => loss / 4),
    predictor: null,
  };
}

export function result(id: number, train: number, test: number | null, more: Partial<RunResult> = {}): RunResult {
  return {
    ...grid.runs[id],
    steps: 100,
    time: 10,
    engine: 'cpu',
    device: 'javascript',
    seconds: 1,
    train: { loss: train, error: train },
    test: test === null ? null : { loss: test, error: test },
    gap: null,
    margins: null,
    norms: null,
    predictor: null,
    outputs: new Float64Array(0),
    ...more,
  };
}

export function view(more: Partial<ExperimentView> = {}): ExperimentView {
  const { view: idle } = idleRecord('/lab/small.lab.ts', 'small');
  return { ...idle, status: 'running', grid, ...more };
}
