import { describe, expect, it } from 'vitest';
import { dataset, elementwise, ngd } from '../../../../extension/lab/index.ts';
import { sparseData, trained } from '../training.ts';

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
      expect([...(early.predictor ?? [])]).toEqual([...(late?.predictor ?? [Number.NaN])]);
    }
  });
});
