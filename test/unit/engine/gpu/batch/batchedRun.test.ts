import { beforeAll, describe, expect, it } from 'vitest';
import { DevicePrograms } from '../../../../../extension/lab/compiler/gpu/module.ts';
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
} from '../../../../../extension/lab/index.ts';
import type { RunResult } from '../../../../../extension/lab/results.ts';
import { gaussianRows, lcg, norm } from '../../../lab/trained.ts';
import { required } from '../../../required.ts';
import { alone, plansOf, resultOf, together } from '../runs.ts';
import { hasSoftwareDevice, softwareDevice } from '../softwareDevice.ts';

let programs: DevicePrograms;

beforeAll(async () => {
  if (hasSoftwareDevice) programs = new DevicePrograms(await softwareDevice());
});

const few = separable({ dimension: 24, train: 10, test: 50 });
const many = separable({ dimension: 5, train: 60, test: 50 });
const fit = regression({ dimension: 24, train: 10, test: 50 });
const matrix = matrixCompletion({ rows: 5, columns: 6, rank: 1, observed: 0.5 });
const odd = elementwise({ u: 0.01 }, ({ u }) => u + u * u * u);
const signs = elementwise({ u: 0.8, v: 0.6 }, ({ u, v }) => u * u - v * v);

/** Every entry within 1e-3 of the largest, and in the mean within 1e-4. */
function expectSame(actual: RunResult, expected: RunResult): void {
  const [x, y] = [actual, expected].map(({ predictor, outputs }) => Array.from(predictor ?? outputs));
  const scale = Math.max(...y.map(Math.abs));
  expect(x).toHaveLength(y.length);
  const gaps = y.map((value, k) => Math.abs(x[k] - value) / scale);
  expect(Math.max(...gaps)).toBeLessThan(1e-3);
  expect(gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length).toBeLessThan(1e-4);
}

describe.skipIf(!hasSoftwareDevice)('natural gradients on the GPU', { timeout: 60_000 }, () => {
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
  ] as const)('are near those of the CPU: %s', async (name, problem, parameterization, optimizer) => {
    // A step of the network takes a hundred times as long as one of the others.
    const steps = name === 'a network' ? 40 : 150;
    const plans = plansOf({ problem, parameterization, optimizer, steps });
    const outcomes = await together(plans, programs);
    const trained = outcomes.filter(({ result }) => result !== null);
    expect(trained.length).toBeGreaterThan(0);
    outcomes.forEach((outcome, i) => {
      if (outcome.refusal !== null) {
        expect(outcome.refusal).toMatch(/condition number .*: more than float32 can prepare for float64 at step \d+$/);
        expect(outcome.samples).toEqual([]);
        return;
      }
      const [result, expected] = [resultOf(outcome), alone(plans[i])];
      expect(result).toMatchObject({ engine: 'gpu', steps });
      expect(outcome.samples.map(({ step }) => step)).toEqual(expected.samples.map(({ step }) => step));
      expectSame(result, expected.result);
    });
  });
});

/** What a device is called that computes Gram matrices alone. */
const MIXED = /Gram matrix in float32, solved in float64$/;

function expectEqual(actual: RunResult, expected: RunResult, tolerance: number): void {
  const [x, y] = [actual, expected].map(({ predictor, outputs }) => predictor ?? outputs);
  expect(norm(x.map((value, i) => value - y[i]))).toBeLessThan(tolerance * norm(y));
}

describe.skipIf(!hasSoftwareDevice)('natural gradients of large systems', { timeout: 120_000 }, () => {
  const wide = separable({ dimension: 330, train: 280, test: 50 });
  it.each([
    ['entry by entry', wide, odd, ngd({ rate: 0.05 })],
    ['damped', wide, odd, ngd({ rate: 0.05, damping: 0.001 })],
    ['deep linear', wide, deepLinear({ depth: 2, width: 4, scale: 0.3 }), ngd({ rate: 0.001 })],
    ['damping that shrinks', wide, odd, ngd({ rate: 0.05, damping: { start: 0.1, end: 1e-4, steps: 3 } })],
    ['the empirical Fisher information', wide, odd, ngd({ rate: 1e-3, fisher: 'empirical', damping: 1e-3 })],
    ['a network', wide, network({ widths: [30], activation: 'tanh' }), ngd({ rate: 0.05 })],
    [
      'completion, population',
      matrixCompletion({ rows: 17, columns: 17, rank: 2, observed: 0.5 }),
      factorization({ depth: 2, scale: 0.6 }),
      ngd({ rate: 0.02, fisher: 'population' }),
    ],
    [
      'completion, train',
      matrixCompletion({ rows: 20, columns: 20, rank: 2, observed: 270 }),
      factorization({ depth: 3, scale: 0.6 }),
      ngd({ rate: 0.02 }),
    ],
  ] as const)('have the precision of float64: %s', async (_, problem, parameterization, optimizer) => {
    // A step takes a second or two where the device is made of software.
    const plans = plansOf({ problem, parameterization, optimizer, steps: 4, seeds: [1, 2] });
    const outcomes = await together(plans, programs);
    outcomes.forEach((outcome, i) => {
      const [result, expected] = [resultOf(outcome), alone(plans[i])];
      expect(result).toMatchObject({ engine: 'gpu', together: 2, device: expect.stringMatching(MIXED) });
      expect(result.solver?.size).toBe(required(expected.result.solver?.size));
      expectEqual(result, expected.result, 1e-8);
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

  it('are solved in float64 beyond it', async () => {
    const plans = plansOf({ ...shared, problem: ofSizes(300), parameterization: odd, optimizer: ngd({ rate: 1e-4 }) });
    const [outcome] = await together(plans, programs);
    const [result, expected] = [resultOf(outcome), alone(plans[0])];
    expect(result).toMatchObject({ engine: 'gpu', steps: 150, device: expect.stringMatching(MIXED) });
    expect(result.solver?.condition).toBeGreaterThan(1e5);
    expect(result.solver?.iterations).toBeLessThan(10);
    expect(outcome.samples.map(({ step }) => step)).toEqual(expected.samples.map(({ step }) => step));
    expectEqual(result, expected.result, 1e-8);
  });

  it('are solved in float64 from where they become so on the way', async () => {
    const parameterization = factorization({ depth: 2, scale: 0.7 });
    const optimizer = ngd({ rate: 0.02, fisher: 'population' });
    // From 2e2 at the start to 2e7.
    const plans = plansOf({ problem: matrix, parameterization, optimizer, steps: 40, seeds: [2] });
    const [outcome] = await together(plans, programs);
    const [result, expected] = [resultOf(outcome), alone(plans[0])];
    expect(result).toMatchObject({ engine: 'gpu', device: expect.stringMatching(MIXED) });
    expect(outcome.samples.map(({ step }) => step)).toEqual(expected.samples.map(({ step }) => step));
    expect(result.solver?.condition).toBeGreaterThan(1e7);
    expectEqual(result, expected.result, 1e-7);
  });

  it('are refused where float32 says nothing, with what was measured', async () => {
    const inputs = gaussianRows(78, 10, 24);
    // Nearly the same examples twice.
    for (let i = 0; i < 5; i++) inputs[5 + i] = inputs[i].map((x, j) => x + 1e-7 * inputs[5 + i][j]);
    const problem = dataset({ train: { inputs, labels: inputs.map(([first]) => Math.sign(first)) }, loss: 'logistic' });
    const [{ refusal, samples, result }] = await together(
      plansOf({ ...shared, problem, parameterization: odd }),
      programs,
    );
    expect(refusal).toMatch(
      /^the Gram matrix has (no full rank|condition number \d\.\de1\d): more than float32 can prepare for float64 at step 1$/,
    );
    expect([samples, result]).toEqual([[], null]);
  });

  it('are refused where they become so on the way, and leave the others alone', async () => {
    const parameterization = factorization({ depth: 2, scale: 0.7 });
    const optimizer = ngd({ rate: 0.02, fisher: 'population' });
    const plans = plansOf({ ...shared, problem: matrix, parameterization, optimizer, seeds: [1, 2, 3] });
    const outcomes = await together(plans, programs);
    expect(outcomes[1].refusal).toMatch(/^the Gram matrix has condition number .* prepare for float64 at step \d+$/);
    for (const i of [0, 2]) {
      expect(resultOf(outcomes[i])).toMatchObject({ engine: 'gpu', together: 3 });
      expectSame(resultOf(outcomes[i]), alone(plans[i]).result);
    }
  });

  it('are refused where they leave the range of float32', async () => {
    const plans = plansOf({ ...shared, problem: few, parameterization: signs, optimizer: ngd({ rate: 40 }) });
    const [{ refusal, samples }] = await together(plans, programs);
    expect(refusal).toMatch(/range of float(32|64) by step \d+$|condition number/);
    expect(samples).toEqual([]);
  });

  it('are refused for good where no compiled step is known', async () => {
    const reasons = [
      [linear(), ngd({ rate: 0.1, solver: 'iterative' })],
      [elementwise({ u: 1, v: 1 }, ({ u, v }) => u * v), ngd({ rate: 0.1, solver: 'parameters' })],
    ] as const;
    for (const [parameterization, optimizer] of reasons) {
      const plans = plansOf({ ...shared, problem: few, parameterization, optimizer });
      expect((await together(plans, programs))[0].refusal).toMatch(/^natural gradients .* run on the CPU$/);
    }
  });
});
