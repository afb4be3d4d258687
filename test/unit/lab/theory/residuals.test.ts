import { describe, expect, it } from 'vitest';
import { readTextOnly } from '../../../../extension/lab/compiler/source/functionSource.ts';
import * as lab from '../../../../extension/lab/index.ts';
import {
  dataset,
  deepLinear,
  diagonal,
  elementwise,
  gd,
  gradientFlow,
  linear,
  naturalGradientFlow,
  network,
  parameterization,
  regression,
  separable,
  vector,
} from '../../../../extension/lab/index.ts';
import type { AnyOptimizer } from '../../../../extension/lab/optimizers/index.ts';
import { buildPredictor } from '../../../../extension/lab/parameterizations/build.ts';
import type {
  Parameterization,
  PredictorProgram,
} from '../../../../extension/lab/parameterizations/parameterization.ts';
import type { AnyProblem } from '../../../../extension/lab/problems/index.ts';
import { drawProblem } from '../../../../extension/lab/problems/index.ts';
import { relativeDistance } from '../../../../extension/lab/theory/compare.ts';
import { residualsOf } from '../../../../extension/lab/theory/conditions/index.ts';
import { kktResidual } from '../../../../extension/lab/theory/conditions/maxMarginKkt.ts';
import { stationarityResidual } from '../../../../extension/lab/theory/conditions/stationarity.ts';
import { diagonalDepth } from '../../../../extension/lab/theory/diagonalDepth.ts';
import { homogeneousDegree } from '../../../../extension/lab/theory/homogeneity.ts';
import { leastL1Fit, maxL1Margin } from '../../../../extension/lab/theory/leastL1.ts';
import { maxL2Margin } from '../../../../extension/lab/theory/maxL2Margin.ts';
import { minimumNormFit } from '../../../../extension/lab/theory/minimumNormFit.ts';
import { stationarity } from '../../../../extension/lab/theory/stationarity.ts';
import { gaussianRows, sparseData, trained } from '../training.ts';
import { flat, regressionRows, separableRows } from './randomProblems.ts';

const programOf = (written: Parameterization, problem: AnyProblem) => buildPredictor(written, problem, readTextOnly);
const squares = (u: number, v = u) => elementwise({ u, v }, ({ u, v }) => u * u - v * v);

/** What is measured at the end of a run. */
function residualsAfter(problem: AnyProblem, written: Parameterization, optimizer: AnyOptimizer, steps = 0) {
  const { parameters, predictor } = trained({ problem, parameterization: written, optimizer, steps });
  return residualsOf(drawProblem(problem, 1), { program: programOf(written, problem), parameters, predictor });
}

describe('the degree of homogeneity', () => {
  const theta = Float64Array.of(0.3, -1.2, 0.7);

  it.each([
    ['a product', 3, (t: Float64Array) => Float64Array.of(t[0] * t[1] * t[2])],
    ['a square', 2, (t: Float64Array) => Float64Array.of(t[0] * t[0] - t[1] * t[2], t[2] * t[1])],
    ['a kink', 1, (t: Float64Array) => t.map((x) => Math.max(0, x))],
    ['a root', 0.5, (t: Float64Array) => t.map((x) => Math.sign(x) * Math.sqrt(Math.abs(x)))],
  ])('is that of %s: %d', (_name, degree, f) => {
    expect(homogeneousDegree(f, theta)).toBeCloseTo(degree, 12);
  });

  it.each([
    ['a sum of degrees', (t: Float64Array) => Float64Array.of(t[0] * t[1] + t[2])],
    ['entries of two degrees', (t: Float64Array) => Float64Array.of(t[0] * t[1], t[2])],
    ['a saturating function', (t: Float64Array) => t.map(Math.tanh)],
    ['a direction', (t: Float64Array) => t.map((x) => x / Math.hypot(...t))],
    ['nothing', (t: Float64Array) => t.map(() => 0)],
    ['what is not finite', (t: Float64Array) => t.map(() => Number.NaN)],
  ])('is not there for %s', (_name, f) => {
    expect(homogeneousDegree(f, theta)).toBeNull();
  });
});

describe('the depth of a diagonal network', () => {
  const problem = separable({ dimension: 7, train: 4 });
  const start = vector(7);

  it.each<[string, number | null, Parameterization]>([
    ['diagonal', 3, diagonal({ depth: 3 })],
    ['u² − v²', 2, squares(0.1)],
    ['(u − v)(u + v)', 2, elementwise({ a: 1, b: 1 }, ({ a, b }) => (a - b) * (a + b))],
    ['u⁵ − v⁵', 5, elementwise({ u: 1, v: 1 }, ({ u, v }) => u ** 5 - v ** 5)],
    ['a · b', 2, elementwise({ a: 1, b: 1 }, ({ a, b }) => a * b)],
    ['a · b · c', 3, elementwise({ a: 1, b: 1, c: 1 }, ({ a, b, c }) => a * c * b)],
    ['u − v', null, elementwise({ u: 1, v: 1 }, ({ u, v }) => u - v)],
    ['u² + v²', null, elementwise({ u: 1, v: 1 }, ({ u, v }) => u * u + v * v)],
    ['u² − v³', null, elementwise({ u: 1, v: 1 }, ({ u, v }) => u * u - v ** 3)],
    ['linear', null, linear()],
    ['deepLinear', null, deepLinear({ depth: 2 })],
    ['a convolution', null, parameterization({ a: start, b: start }, ({ a, b }) => lab.convolve(a, b))],
    ['a network', null, network({ widths: [3] })],
  ])('%s: %s', (_name, depth, written) => {
    expect(diagonalDepth(programOf(written, problem))).toBe(depth);
  });
});

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
      expect(relativeDistance(fit ?? new Float64Array(30), sparse)).toBeLessThan(1e-8);
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
