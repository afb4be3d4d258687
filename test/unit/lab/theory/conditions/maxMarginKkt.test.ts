import { describe, expect, it } from 'vitest';
import { readTextOnly } from '../../../../../extension/lab/compiler/source/functionSource.ts';
import {
  dataset,
  deepLinear,
  elementwise,
  gd,
  linear,
  naturalGradientFlow,
  network,
  separable,
} from '../../../../../extension/lab/index.ts';
import type { AnyOptimizer } from '../../../../../extension/lab/optimizers/index.ts';
import { buildPredictor } from '../../../../../extension/lab/parameterizations/build.ts';
import type { Parameterization } from '../../../../../extension/lab/parameterizations/parameterization.ts';
import type { AnyProblem } from '../../../../../extension/lab/problems/index.ts';
import { drawProblem } from '../../../../../extension/lab/problems/index.ts';
import { residualsOf } from '../../../../../extension/lab/theory/conditions/index.ts';
import { kktResidual } from '../../../../../extension/lab/theory/conditions/maxMarginKkt.ts';
import { maxL1Margin } from '../../../../../extension/lab/theory/leastL1.ts';
import { maxL2Margin } from '../../../../../extension/lab/theory/maxL2Margin.ts';
import { minimumNormFit } from '../../../../../extension/lab/theory/minimumNormFit.ts';
import { trained } from '../../trained.ts';
import { separableRows } from '../randomProblems.ts';

const programOf = (written: Parameterization, problem: AnyProblem) => buildPredictor(written, problem, readTextOnly);
const squares = (u: number, v = u) => elementwise({ u, v }, ({ u, v }) => u * u - v * v);

/** What is measured at the end of a run. */
function residualsAfter(problem: AnyProblem, written: Parameterization, optimizer: AnyOptimizer, steps = 0) {
  const { parameters, predictor } = trained({ problem, parameterization: written, optimizer, steps });
  return residualsOf(drawProblem(problem, 1), { program: programOf(written, problem), parameters, predictor });
}

describe('the KKT residual at the end of a run', () => {
  const rows = separableRows(73, 10, 14);
  const inputs = Array.from({ length: 10 }, (_, i) => Array.from(rows.x.subarray(i * 14, (i + 1) * 14)));
  const problem = dataset({ train: { inputs, labels: Array.from(rows.y) }, loss: 'logistic' });
  const data = drawProblem(problem, 1);

  it('is 0 for a linear model at the largest L2 margin, and not at an equal fit', () => {
    const program = programOf(linear(), problem);
    const at = (theta: Float64Array) => kktResidual(data, { program, parameters: theta, predictor: theta });
    const best = maxL2Margin(rows.x, 10, 14, rows.y)?.w ?? new Float64Array(14);
    expect(at(best.map((value) => 30 * value))).toBeLessThan(1e-10);
    expect(at(minimumNormFit(rows.x, 10, 14, rows.y))).toBeGreaterThan(0.1);
    expect(at(best.map((value) => -value))).toBeNull();
  });

  it('is 0 for u² − v² at the largest L1 margin, and not for the same w with other parameters', async () => {
    const w = (await maxL1Margin(rows.x, 10, 14, rows.y)) ?? new Float64Array(14);
    const root = (sign: number, more = 0) => w.map((value) => Math.sqrt(Math.max(0, sign * value) + more));
    const at = (more: number) =>
      kktResidual(data, {
        program: programOf(squares(0.1), problem),
        parameters: Float64Array.from([...root(1, more), ...root(-1, more)]),
        predictor: w,
      });
    expect(at(0)).toBeLessThan(1e-10);
    expect(at(0.5)).toBeGreaterThan(0.1);
  });

  it('falls along gradient descent, and stays up under natural gradients', async () => {
    const gdAfter = async (steps: number) =>
      (await residualsAfter(problem, squares(0.3), gd({ rate: 0.01, normalized: true }), steps))['max-margin KKT'];
    const [early, late] = [await gdAfter(200), await gdAfter(10_000)];
    expect(late).toBeLessThan(0.5 * early);
    const natural = await residualsAfter(problem, squares(0.3), naturalGradientFlow({ until: 30 }));
    expect(natural['max-margin KKT']).toBeGreaterThan(2 * late);
  });

  it.each<[string, boolean, Parameterization]>([
    ['deep linear networks', true, deepLinear({ depth: 3, scale: 0.5 })],
    ['ReLU networks', true, network({ widths: [12], activation: 'relu' })],
    ['ReLU networks with biases', false, network({ widths: [12], activation: 'relu', bias: true })],
    ['tanh networks', false, network({ widths: [12] })],
    ['sums of degrees', false, elementwise({ u: 0.1, v: 0.1 }, ({ u, v }) => u * u - v)],
  ])('of %s: %s', async (_name, isThere, written) => {
    const found = await residualsAfter(problem, written, gd({ rate: 0.2 }), 600);
    expect('max-margin KKT' in found).toBe(isThere);
    if (isThere) expect(found['max-margin KKT']).toBeLessThan(1);
  });

  it('is left out for the square loss, for many examples, and where parameters were not kept', () => {
    const program = programOf(linear(), problem);
    const end = { program, parameters: new Float64Array(14).fill(1), predictor: null };
    expect(kktResidual({ ...data, loss: 'square' }, end)).toBeNull();
    expect(kktResidual(data, { ...end, parameters: null })).toBeNull();
    const large = separable({ dimension: 300, train: 200, seed: 1 });
    const w = drawProblem(large, 1).truth;
    const there = { program: programOf(linear(), large), parameters: w, predictor: w };
    expect(kktResidual(drawProblem(large, 1), there)).toBeNull();
  });
});
