import { beforeAll, describe, expect, it } from 'vitest';
import { DevicePrograms } from '../../../extension/lab/compiler/gpu/module.ts';
import {
  dataset,
  deepLinear,
  elementwise,
  factorization,
  linear,
  matrixCompletion,
  network,
  ngd,
  regression,
  separable,
} from '../../../extension/lab/index.ts';
import type { RunResult } from '../../../extension/lab/results.ts';
import { lcg } from '../lab/training.ts';
import { alone, plansOf, resultOf, together } from './runs.ts';
import { hasSoftwareDevice, softwareDevice } from './softwareDevice.ts';

let programs: DevicePrograms;

beforeAll(async () => {
  if (hasSoftwareDevice) programs = new DevicePrograms(await softwareDevice());
});

const few = separable({ dimension: 24, train: 10, test: 50 });
const many = separable({ dimension: 5, train: 60, test: 50 });
const fit = regression({ dimension: 24, train: 10, test: 50 });
const matrix = matrixCompletion({ rows: 5, columns: 6, rank: 1, observed: 0.5 });
const signs = elementwise({ u: 0.8, v: 0.6 }, ({ u, v }) => u * u - v * v);

/** Every entry within 1e-3 of the largest, and in the mean within 1e-4. */
function expectSame(actual: RunResult, expected: RunResult): void {
  const [x, y] = [actual, expected].map(({ predictor, outputs }) => Array.from(predictor ?? outputs));
  const scale = Math.max(...y.map(Math.abs));
  const gaps = y.map((value, k) => Math.abs(x[k] - value) / scale);
  expect(Math.max(...gaps)).toBeLessThan(1e-3);
  expect(gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length).toBeLessThan(1e-4);
}

describe.skipIf(!hasSoftwareDevice)('natural gradients on the graphics card', { timeout: 60_000 }, () => {
  it.each([
    ['few examples, linear', few, linear(), ngd({ rate: 0.05 })],
    ['few examples, u² − v²', few, signs, ngd({ rate: 0.05 })],
    ['few examples, deep linear', few, deepLinear({ depth: 2, width: 6, scale: 0.5 }), ngd({ rate: 0.05 })],
    ['few examples, damped', few, signs, ngd({ rate: 0.05, damping: 0.01 })],
    ['few examples, square loss', fit, signs, ngd({ rate: 0.05 })],
    ['many examples, linear', many, linear(), ngd({ rate: 0.02 })],
    ['many examples, u² − v²', many, signs, ngd({ rate: 0.02 })],
    [
      'completion, population',
      matrix,
      factorization({ depth: 2, scale: 0.7 }),
      ngd({ rate: 0.02, fisher: 'population' }),
    ],
    ['completion, pointwise', matrix, signs, ngd({ rate: 0.02, fisher: 'population' })],
    ['completion, train', matrix, factorization({ depth: 2, scale: 0.7 }), ngd({ rate: 0.02 })],
    ['a network', few, network({ widths: [20], activation: 'tanh' }), ngd({ rate: 0.02 })],
  ] as const)('are near those of the processor: %s', async (_, problem, parameterization, optimizer) => {
    const plans = plansOf({ problem, parameterization, optimizer, steps: 150 });
    const outcomes = await together(plans, programs);
    const trained = outcomes.filter(({ result }) => result !== null);
    expect(trained.length).toBeGreaterThan(0);
    outcomes.forEach((outcome, i) => {
      if (outcome.refusal !== null) {
        expect(outcome.refusal).toMatch(/condition number .*: more than float32 can solve \(1e4\)/);
        expect(outcome.samples).toEqual([]);
        return;
      }
      const [result, expected] = [resultOf(outcome), alone(plans[i])];
      expect(result).toMatchObject({ engine: 'gpu', steps: 150 });
      expect(outcome.samples.map(({ step }) => step)).toEqual(expected.samples.map(({ step }) => step));
      expectSame(result, expected.result);
    });
  });
});

/** Examples of ever smaller size, down to 1 / `range`: their Gram matrix has about the condition number range². */
function ofSizes(range: number, rows = 10) {
  const dimension = 2.4 * rows;
  const draws = lcg(77, rows * dimension);
  const inputs = Array.from({ length: rows }, (_, i) =>
    Array.from({ length: dimension }, (_, j) => (2 * draws[i * dimension + j] - 1) * range ** (-i / (rows - 1))),
  );
  const labels = inputs.map(([first]) => Math.sign(first));
  return dataset({ train: { inputs, labels }, loss: 'logistic' });
}

describe.skipIf(!hasSoftwareDevice)('natural gradients of ill-conditioned systems', { timeout: 60_000 }, () => {
  const shared = { optimizer: ngd({ rate: 0.05 }), steps: 150, seeds: [1] };

  it.each([
    ['linear', linear(), 10],
    ['u² − v²', signs, 10],
    ['u² − v², 40 examples', signs, 40],
  ] as const)('keep the promised precision up to the limit: %s', async (_, parameterization, rows) => {
    const plans = plansOf({ ...shared, problem: ofSizes(30, rows), parameterization });
    const result = resultOf((await together(plans, programs))[0]);
    expect(result.solver?.condition).toBeGreaterThan(1e3);
    expectSame(result, alone(plans[0]).result);
  });

  it('are refused beyond it, with what was measured', async () => {
    const plans = plansOf({ ...shared, problem: ofSizes(300), parameterization: linear() });
    const [{ refusal, samples, result }] = await together(plans, programs);
    expect(refusal).toMatch(/^the Gram matrix has condition number \d\.\de[56]: more than float32 can solve \(1e4\)$/);
    expect([samples, result]).toEqual([[], null]);
  });

  it('are refused where they become so on the way, and leave the others alone', async () => {
    const parameterization = factorization({ depth: 2, scale: 0.7 });
    const optimizer = ngd({ rate: 0.02, fisher: 'population' });
    const plans = plansOf({ ...shared, problem: matrix, parameterization, optimizer, seeds: [1, 2, 3] });
    const outcomes = await together(plans, programs);
    expect(outcomes[1].refusal).toMatch(/^the Gram matrix has condition number .* \(1e4\) at step \d+$/);
    for (const i of [0, 2]) {
      expect(resultOf(outcomes[i])).toMatchObject({ engine: 'gpu', together: 3 });
      expectSame(resultOf(outcomes[i]), alone(plans[i]).result);
    }
  });

  it('are refused where they leave the range of float32', async () => {
    const plans = plansOf({ ...shared, problem: few, parameterization: signs, optimizer: ngd({ rate: 40 }) });
    const [{ refusal, samples }] = await together(plans, programs);
    expect(refusal).toMatch(/range of float32 by step \d+$|condition number/);
    expect(samples).toEqual([]);
  });

  it('are refused for good where no compiled step is known', async () => {
    const reasons = [
      [linear(), ngd({ rate: 0.1, fisher: 'empirical' })],
      [elementwise({ u: 1, v: 1 }, ({ u, v }) => u * v), ngd({ rate: 0.1, solver: 'parameters' })],
    ] as const;
    for (const [parameterization, optimizer] of reasons) {
      const plans = plansOf({ ...shared, problem: few, parameterization, optimizer });
      expect((await together(plans, programs))[0].refusal).toMatch(/^natural gradients .* run on the CPU$/);
    }
  });
});
