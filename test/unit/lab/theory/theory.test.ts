import { describe, expect, it } from 'vitest';
import { readTextOnly } from '../../../../extension/lab/compiler/source/functionSource.ts';
import { elementwise, gd, gradientFlow, linear, ngd, regression, separable } from '../../../../extension/lab/index.ts';
import { ExperimentResult } from '../../../../extension/lab/metrics/experimentResult.ts';
import type { AnyOptimizer } from '../../../../extension/lab/optimizers/index.ts';
import { buildPredictor } from '../../../../extension/lab/parameterizations/build.ts';
import type { Parameterization } from '../../../../extension/lab/parameterizations/parameterization.ts';
import type { AnyProblem } from '../../../../extension/lab/problems/index.ts';
import type { Comparison, RunResult, Theory } from '../../../../extension/lab/results.ts';
import type { EndedRun } from '../../../../extension/lab/theory/run.ts';
import { theoryOf } from '../../../../extension/lab/theory/theory.ts';
import { trained } from '../trained.ts';

const classifier = separable({ dimension: 30, train: 20, sparsity: 3 });
const lines = regression({ dimension: 30, train: 20, sparsity: 3 });
const square = elementwise({ u: 0.2, v: 0.2 }, ({ u, v }) => u * u - v * v);

/** A run as the engine hands it over. */
function ended(problem: AnyProblem, parameterization: Parameterization, optimizer: AnyOptimizer, steps = 0): EndedRun {
  const { samples, predictor } = trained({ problem, parameterization, optimizer, steps });
  const [{ predictor: start, outputs }] = samples;
  if (!start || !outputs) throw new Error('the first sample carries the start');
  return {
    run: 0,
    program: buildPredictor(parameterization, problem, readTextOnly),
    optimizer,
    isFinished: true,
    start,
    end: predictor,
    parameters: null,
    startOutputs: outputs,
    step: Float64Array.from(samples, ({ step }) => step),
    time: Float64Array.from(samples, ({ time }) => time),
  };
}

const ask = (problem: AnyProblem, runs: EndedRun[], isShown = true) =>
  theoryOf({ point: null, seed: 1, problem, isShown, runs });
const angleOf = (comparison: Comparison) => ('angle' in comparison ? comparison.angle : Number.NaN);
const distanceOf = (comparison: Comparison) => ('distance' in comparison ? comparison.distance : Number.NaN);

describe('theory beside the runs', () => {
  it('finds NGD of a linear model on the minimum-norm fit, and along the universal curve', async () => {
    const rate = 0.001;
    const { targets, curves, comparisons } = await ask(classifier, [ended(classifier, linear(), ngd({ rate }), 4000)]);
    expect(targets.map(({ name }) => name)).toEqual([
      'max L2 margin',
      'max L1 margin',
      'minimum-norm fit',
      'least-L1 fit',
    ]);
    expect(angleOf(comparisons[0].to['minimum-norm fit'])).toBeLessThan(1e-8);
    expect(angleOf(comparisons[0].to['max L2 margin'])).toBeGreaterThan(0.1);
    const [{ time, trainLoss }] = curves;
    // All margins start at 0: m(t) = log(2 eᵗ − 1).
    time.forEach((t, i) => {
      const margin = Math.log(2 * Math.exp(t) - 1);
      expect(trainLoss[i]).toBeCloseTo(Math.log1p(Math.exp(-margin)), 12);
    });
  });

  it('finds GD of a linear model on its way to the largest L2 margin', async () => {
    const { comparisons, curves } = await ask(classifier, [
      ended(classifier, linear(), gd({ rate: 0.2, normalized: true }), 20_000),
    ]);
    expect(curves).toEqual([]);
    expect(angleOf(comparisons[0].to['max L2 margin'])).toBeLessThan(0.03);
  });

  it('finds gradient flow on u² − v² at the least hyperbolic entropy, and knows no such point for others', async () => {
    const flow = gradientFlow({ until: 4000 });
    const [first, other] = await Promise.all(
      [square, elementwise({ u: 0.2 }, ({ u }) => u ** 3)].map((parameterization) =>
        ask(lines, [ended(lines, parameterization, flow)]),
      ),
    );
    expect(distanceOf(first.comparisons[0].to['least hyperbolic entropy'])).toBeLessThan(1e-6);
    expect(Object.keys(other.comparisons[0].to)).not.toContain('least hyperbolic entropy');
  });

  it('compares no run that diverged, and sends no targets where none are shown', async () => {
    const run = ended(classifier, linear(), gd({ rate: 0.1 }), 10);
    const { targets, curves, comparisons } = await ask(classifier, [{ ...run, end: null }], false);
    expect([targets, curves, comparisons]).toEqual([[], [], []]);
  });
});

describe('claims on theory', () => {
  const run = (id: number, parameterization: string, seed: number) =>
    ({
      id,
      point: null,
      parameterization,
      optimizer: 'GD',
      seed,
      train: { loss: 1, error: 1 },
      test: null,
    }) as RunResult;
  const theory = (seed: number, comparisons: Theory['comparisons']): Theory => ({
    ...{ point: null, seed, targets: [], conditions: [], curves: [], comparisons },
  });
  const result = new ExperimentResult([run(0, 'a', 1), run(1, 'a', 2), run(2, 'b', 1)], new Map(), {
    answers: [
      theory(1, [
        { run: 0, to: { 'max L2 margin': { angle: 0.2 }, truth: { distance: 3 } } },
        { run: 2, to: { 'max L2 margin': { angle: 1 } } },
      ]),
      theory(2, [{ run: 1, to: { 'max L2 margin': { angle: 0.4 } } }]),
    ],
    failureReason: null,
  });

  it('see the mean over the seeds', () => {
    expect(result.angle('max L2 margin', 'GD', 'a')).toBeCloseTo(0.3, 15);
    expect(result.angle('max L2 margin', 'GD', 'b')).toBe(1);
    expect(result.distance('truth', 'GD', 'a')).toBe(3);
  });

  it('are told what there is', () => {
    expect(() => result.angle('max L3 margin', 'GD', 'a')).toThrow("theory does not predict 'max L3 margin' here");
    expect(() => result.angle('truth', 'GD', 'a')).toThrow("'truth' is measured by another");
    expect(() => result.angle('max L2 margin', 'NGD', 'a')).toThrow("there is no optimizer 'NGD'");
    const silent = new ExperimentResult([run(0, 'a', 1)], new Map(), { answers: [], failureReason: 'no memory' });
    expect(() => silent.angle('max L2 margin', 'GD', 'a')).toThrow('could not be computed: no memory');
  });
});
