import { describe, expect, it } from 'vitest';
import {
  dataset,
  elementwise,
  factorization,
  gd,
  linear,
  matrixCompletion,
  naturalGradientFlow,
  ngd,
  separable,
} from '../../../../../extension/lab/index.ts';
import type { AnyOptimizer } from '../../../../../extension/lab/optimizers/index.ts';
import type { Parameterization } from '../../../../../extension/lab/parameterizations/parameterization.ts';
import type { AnyProblem } from '../../../../../extension/lab/problems/index.ts';
import { drawProblem } from '../../../../../extension/lab/problems/index.ts';
import { naturalFlowLoss } from '../../../../../extension/lab/theory/curves/naturalFlow.ts';
import { required } from '../../../required.ts';
import { gaussianRows, sparseData, trained } from '../../trained.ts';

const dataOf = (problem: AnyProblem) => drawProblem(problem, 1);

describe('the predicted loss', () => {
  const { inputs, labels } = sparseData(11, 10, 20);
  const logistic = dataset({ train: { inputs, labels }, loss: 'logistic' });
  const square = dataset({ train: { inputs, labels: gaussianRows(2, 1, 10)[0] }, loss: 'square' });
  const completion = matrixCompletion({ matrix: gaussianRows(41, 4, 4), observed: [0, 1, 2, 3].map((i) => [i, i]) });
  const diagonal = elementwise({ u: 0.4, v: 0.3 }, ({ u, v }) => u * u - v * v);
  const factors = factorization({ depth: 2, scale: 0.5 });

  it.each<[string, AnyProblem, Parameterization, Parameters<typeof naturalGradientFlow>[0]]>([
    ['logistic loss', logistic, diagonal, { until: 6 }],
    ['square loss', square, diagonal, { until: 3 }],
    ['completion, train Fisher', completion, factors, { until: 3 }],
    ['completion, population Fisher', completion, factors, { until: 1, fisher: 'population' }],
  ])('is the loss of natural gradient flow: %s', (_name, problem, parameterization, options) => {
    const optimizer = naturalGradientFlow({ ...options, rtol: 1e-10, atol: 1e-13 });
    const run = trained({ problem, parameterization, optimizer });
    const curve = naturalFlowLoss(dataOf(problem), optimizer, run.samples[0].outputs ?? new Float64Array());
    if (!curve) throw new Error('there is a prediction');
    const times = Float64Array.from(run.samples, ({ time }) => time);
    curve(times).forEach((loss, i) => {
      expect(run.samples[i].train.loss / loss).toBeCloseTo(1, 6);
    });
  });

  it('is the loss of natural gradient descent for small rates', () => {
    const optimizer = ngd({ rate: 0.001 });
    const run = trained({ problem: logistic, parameterization: linear(), optimizer, steps: 3000 });
    const curve = naturalFlowLoss(dataOf(logistic), optimizer, new Float64Array(10));
    expect(run.train.loss / required(curve?.(Float64Array.of(3))[0])).toBeCloseTo(1, 2);
  });

  it.each<[string, AnyProblem, AnyOptimizer]>([
    ['gradient descent', logistic, gd({ rate: 0.1 })],
    ['damping', logistic, ngd({ rate: 0.1, damping: 1e-3 })],
    ['the empirical Fisher', logistic, ngd({ rate: 0.1, fisher: 'empirical' })],
    ['the population Fisher on rows', logistic, ngd({ rate: 0.1, fisher: 'population' })],
    ['more examples than dimensions', separable({ dimension: 4, train: 10 }), ngd({ rate: 0.1 })],
    [
      'repeated inputs',
      dataset({ train: { inputs: [...inputs, inputs[3]], labels: [...labels, labels[3]] }, loss: 'logistic' }),
      ngd({ rate: 0.1 }),
    ],
  ])('is not known for %s', (_name, problem, optimizer) => {
    const { train } = dataOf(problem);
    expect(naturalFlowLoss(dataOf(problem), optimizer, new Float64Array(train.count))).toBeNull();
  });
});
