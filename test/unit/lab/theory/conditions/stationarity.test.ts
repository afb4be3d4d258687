import { describe, expect, it } from 'vitest';
import { readTextOnly } from '../../../../../extension/lab/compiler/source/functionSource.ts';
import {
  dataset,
  diagonal,
  elementwise,
  gd,
  gradientFlow,
  linear,
  naturalGradientFlow,
  regression,
  separable,
} from '../../../../../extension/lab/index.ts';
import type { AnyOptimizer } from '../../../../../extension/lab/optimizers/index.ts';
import { buildPredictor } from '../../../../../extension/lab/parameterizations/build.ts';
import type {
  Parameterization,
  PredictorProgram,
} from '../../../../../extension/lab/parameterizations/parameterization.ts';
import type { AnyProblem } from '../../../../../extension/lab/problems/index.ts';
import { drawProblem } from '../../../../../extension/lab/problems/index.ts';
import { relativeDistance } from '../../../../../extension/lab/theory/compare.ts';
import { residualsOf } from '../../../../../extension/lab/theory/conditions/index.ts';
import { stationarityResidual } from '../../../../../extension/lab/theory/conditions/stationarity.ts';
import { leastL1Fit } from '../../../../../extension/lab/theory/leastL1.ts';
import { stationarity } from '../../../../../extension/lab/theory/stationarity.ts';
import { required } from '../../../required.ts';
import { gaussianRows, sparseData, trained } from '../../trained.ts';
import { flat, regressionRows } from '../randomProblems.ts';

const programOf = (written: Parameterization, problem: AnyProblem) => buildPredictor(written, problem, readTextOnly);
const squares = (u: number, v = u) => elementwise({ u, v }, ({ u, v }) => u * u - v * v);

/** What is measured at the end of a run. */
function residualsAfter(problem: AnyProblem, written: Parameterization, optimizer: AnyOptimizer, steps = 0) {
  const { parameters, predictor } = trained({ problem, parameterization: written, optimizer, steps });
  return residualsOf(drawProblem(problem, 1), { program: programOf(written, problem), parameters, predictor });
}

describe('stationarity at the end of a run', () => {
  const { inputs, labels } = sparseData(52, 12, 30);
  const classes = dataset({ train: { inputs, labels }, loss: 'logistic' });
  const flow = naturalGradientFlow({ until: 30 });

  it.each([
    [2, squares(0.01)],
    [3, diagonal({ depth: 3, scale: 0.05 })],
  ] as const)('is measured where all margins are equal, at depth %d', async (depth, written) => {
    const found = (await residualsAfter(classes, written, flow)).stationarity;
    const { predictor } = trained({ problem: classes, parameterization: written, optimizer: flow });
    const w = predictor ?? new Float64Array(30);
    expect(found).toBe(stationarity(flat(inputs), 12, 30, Float64Array.from(labels), w, depth).residual);
    expect(found).toBeGreaterThan(0);
    expect(found).toBeLessThan(0.3);
  });

  it('is smaller for smaller starts of gradient flow on the square loss', async () => {
    const { x, n, d, y } = regressionRows(51, 8, 20);
    const train = {
      inputs: Array.from({ length: n }, (_, i) => Array.from(x.subarray(i * d, (i + 1) * d))),
      labels: Array.from(y),
    };
    const problem = dataset({ train, loss: 'square' });
    const at = async (alpha: number) =>
      (await residualsAfter(problem, squares(alpha), gradientFlow({ until: 200 }))).stationarity;
    expect(await at(0.3)).toBeLessThan(0.8 * (await at(1)));
    expect(await at(0.3)).toBeGreaterThan(0);
  });

  it('is left out where margins differ, nothing is fitted, or there are more examples than dimensions', async () => {
    const of = async (...args: Parameters<typeof residualsAfter>) => (await residualsAfter(...args)).stationarity;
    expect(await of(classes, squares(0.1), gd({ rate: 0.2 }), 300)).toBeUndefined();
    expect(await of(classes, linear(), flow)).toBeUndefined();
    const tall = separable({ dimension: 5, train: 8 });
    expect(await of(tall, squares(0.1), naturalGradientFlow({ until: 5 }))).toBeUndefined();
    const early = regression({ dimension: 20, train: 12 });
    expect(await of(early, squares(0.1), gd({ rate: 0.1 }), 5)).toBeUndefined();
  });

  describe('where no more entries count than there are examples', () => {
    const residualOf = async (w: Float64Array, program: PredictorProgram) => {
      const targets = inputs.map((row) => row.reduce((sum, value, j) => sum + value * w[j], 0));
      const data = { ...drawProblem(classes, 1), trainTargets: Float64Array.from(targets), loss: 'square' as const };
      return stationarityResidual(data, { program, parameters: null, predictor: w });
    };
    const square = programOf(squares(0.1), classes);

    it('is 0 for a least-L1 fit, and above it for another w with as few entries', async () => {
      const sparse = new Float64Array(30);
      sparse.set([1, -1, 1]);
      const targets = Float64Array.from(inputs, (row) => row[0] - row[1] + row[2]);
      const fit = await leastL1Fit(flat(inputs), 12, 30, targets);
      expect(relativeDistance(required(fit), sparse)).toBeLessThan(1e-8);
      expect(await residualOf(sparse, square)).toBeLessThan(1e-8);
      // Twelve entries at random are the least-L1 fit of their outputs for hardly any data.
      const other = new Float64Array(30);
      other.set(gaussianRows(5, 1, 12)[0]);
      expect(await residualOf(other, square)).toBeGreaterThan(0.01);
    });

    it('is 0 for any w at depth 3: an entry that is 0 is stationary whatever the others are', async () => {
      const other = new Float64Array(30);
      other.set(gaussianRows(5, 1, 8)[0]);
      expect(await residualOf(other, programOf(diagonal({ depth: 3, scale: 0.05 }), classes))).toBeLessThan(1e-8);
    });
  });
});
