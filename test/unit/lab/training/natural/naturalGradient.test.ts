import { describe, expect, it } from 'vitest';
import { readTextOnly } from '../../../../../extension/lab/compiler/source/functionSource.ts';
import {
  dataset,
  diagonal,
  elementwise,
  factorization,
  linear,
  matrixCompletion,
  network,
  ngd,
  type Parameterization,
  separable,
} from '../../../../../extension/lab/index.ts';
import { buildPredictor } from '../../../../../extension/lab/parameterizations/build.ts';
import type { AnyProblem } from '../../../../../extension/lab/problems/index.ts';
import { prepare } from '../../../../../extension/lab/run.ts';
import { measure } from '../../../../../extension/lab/training/measure.ts';
import { naturalGradientTrainer } from '../../../../../extension/lab/training/natural/naturalGradient.ts';
import { required } from '../../../required.ts';
import { sparseData, trained } from '../../trained.ts';

describe('steps of natural gradient descent', () => {
  const cube = elementwise({ u: 0.3, v: 0.2 }, ({ u, v }) => u * u * u - v);
  const twice = {
    inputs: [
      [1, 0.5],
      [1, 0.5],
      [0.2, -1],
    ],
    labels: [1, 1, -1],
  };

  it.each([
    ['of full rank', sparseData(12, 12, 20)],
    ['with an example that is there twice', twice],
  ])('are the same bits however many are taken at once: %s', (_name, train) => {
    for (const solver of ['auto', 'iterative'] as const) {
      const run = (steps: number) =>
        trained({
          problem: dataset({ train, loss: 'logistic' }),
          parameterization: cube,
          optimizer: ngd({ rate: 0.05, solver }),
          steps,
        });
      const [early, late] = [run(25), run(60).samples.find(({ step }) => step === 25)];
      expect([...required(early.predictor)]).toEqual([...required(late?.predictor)]);
    }
  });

  const completion = matrixCompletion({ rows: 6, columns: 5, rank: 2, observed: 18 });
  const few = separable({ dimension: 12, train: 9, test: 30 });
  it.each<[string, AnyProblem, Parameterization, Parameters<typeof ngd>[0]]>([
    ['a network', few, network({ widths: [7, 5] }), { rate: 0.1, damping: 1e-6 }],
    [
      'a network, damping that shrinks',
      few,
      network({ widths: [7] }),
      { rate: 0.1, damping: { start: 1e-2, end: 1e-6, steps: 9 } },
    ],
    ['a user function', few, cube, { rate: 0.05 }],
    ['a diagonal model', few, diagonal({ depth: 3, scale: 0.3 }), { rate: 0.05 }],
    ['many examples', separable({ dimension: 4, train: 30, noise: 0.2 }), linear(), { rate: 0.5 }],
    ['a product, train Fisher', completion, factorization({ depth: 2, scale: 0.5 }), { rate: 0.05 }],
    ['a product, population Fisher', completion, factorization({ depth: 3 }), { rate: 0.01, fisher: 'population' }],
  ])('are the same bits from a measurement as without one: %s', (_name, problem, parameterization, options) => {
    const program = buildPredictor(parameterization, problem, readTextOnly);
    const identity = { id: 0, point: null, parameterization: 'p', optimizer: 'o', seed: 1 };
    const optimizer = ngd(options);
    const plan = { identity, problem, program, optimizer, steps: 12 };
    const prepared = () => prepare(plan, (model) => naturalGradientTrainer(model, optimizer, problem, 1));
    const [measured, unmeasured] = [prepared(), prepared()];
    for (const chunk of [1, 1, 3, 1, 6]) {
      measure(measured.running, { step: 0, time: 0 }, false);
      measured.trainer.step(chunk, true);
      unmeasured.trainer.step(chunk);
      expect(measured.parameters).toEqual(unmeasured.parameters);
    }
    expect(measured.parameters.every(Number.isFinite)).toBe(true);
    expect(measured.parameters).not.toEqual(prepared().parameters);
  });
});
