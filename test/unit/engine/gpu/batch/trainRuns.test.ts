import { beforeAll, describe, expect, it } from 'vitest';
import { trainRuns } from '../../../../../extension/engine/gpu/batch/trainRuns.ts';
import type { Device } from '../../../../../extension/lab/compiler/gpu/device.ts';
import { DevicePrograms } from '../../../../../extension/lab/compiler/gpu/module.ts';
import {
  adam,
  diagonal,
  elementwise,
  factorization,
  gd,
  linear,
  matrixCompletion,
  network,
  separable,
} from '../../../../../extension/lab/index.ts';
import { required } from '../../../required.ts';
import { alone, type Outcome, plansOf, resultOf, together } from '../runs.ts';
import { hasSoftwareDevice, softwareDevice } from '../softwareDevice.ts';

let device: Device;

beforeAll(async () => {
  if (hasSoftwareDevice) device = await softwareDevice();
});

/** All that a run has to show but how it was computed. */
function numbersOf(outcome: Outcome) {
  const { seconds: _seconds, together: _together, ...result } = resultOf(outcome);
  return { samples: outcome.samples, result };
}

const classes = separable({ dimension: 6, train: 12, test: 20 });
const matrix = matrixCompletion({ rows: 5, columns: 6, rank: 1, observed: 0.6 });

describe.skipIf(!hasSoftwareDevice)('runs side by side on the GPU', { timeout: 60_000 }, () => {
  it.each([
    ['a linear model', classes, linear(), gd({ rate: 0.1 })],
    ['normalized steps', classes, diagonal({ depth: 2 }), gd({ rate: 0.05, normalized: true })],
    ['batches', classes, diagonal({ depth: 3 }), gd({ rate: 0.1, batch: 5 })],
    ['a factorization', matrix, factorization({ depth: 3 }), gd({ rate: 0.1 })],
    ['masked batches', matrix, factorization({ depth: 2 }), gd({ rate: 0.1, batch: 4 })],
    ['a network', classes, network({ widths: [4, 3], activation: 'tanh' }), adam({ rate: 0.01 })],
  ] as const)('are bit for bit what each is alone: %s', async (_, problem, parameterization, optimizer) => {
    const plans = plansOf({ problem, parameterization, optimizer, steps: 30 });
    const all = await together(plans, new DevicePrograms(device));
    expect(all.map(({ result }) => result?.together)).toEqual([3, 3, 3]);
    for (const [i, plan] of plans.entries()) {
      const [one] = await together([plan], new DevicePrograms(device));
      expect(resultOf(one)).toMatchObject({ engine: 'gpu', steps: 30 });
      expect(numbersOf(all[i])).toEqual(numbersOf(one));
    }
  });

  it('stay near those of the CPU', async () => {
    const plans = plansOf({
      problem: matrix,
      parameterization: factorization({ depth: 2 }),
      optimizer: gd({ rate: 0.5 }),
      steps: 200,
    });
    const all = await together(plans, new DevicePrograms(device));
    all.forEach((outcome, i) => {
      const [x, y] = [required(resultOf(outcome).predictor), required(alone(plans[i]).result.predictor)];
      const scale = Math.max(...y.map(Math.abs));
      y.forEach((value, k) => {
        expect(Math.abs(x[k] - value)).toBeLessThan(1e-4 * scale);
      });
    });
  });

  it('with constants that are part of the plans', async () => {
    const plans = plansOf({
      problem: classes,
      parameterization: diagonal({ depth: 2 }),
      optimizer: gd({ rate: 0.1 }),
      steps: 9,
    });
    const [all, parts] = [
      await together(plans, new DevicePrograms(device)),
      await together(plans, new DevicePrograms(device, 0)),
    ];
    expect(parts.map(numbersOf)).toEqual(all.map(numbersOf));
  });

  it('diverge alone, at the step at which each would alone', async () => {
    // The larger the start, the sooner it leaves the range of numbers; the last one stays.
    const cubes = (scale: number) => elementwise({ u: scale }, ({ u }) => u * u * u);
    const plans = [9, 3, 0.2].flatMap((scale) =>
      plansOf({
        problem: matrix,
        parameterization: cubes(scale),
        optimizer: gd({ rate: 0.3 }),
        steps: 40,
        seeds: [1, 2],
      }),
    );
    const all = await together(plans, new DevicePrograms(device));
    expect(all.map(({ result }) => result?.together)).toEqual([6, 6, 6, 6, 6, 6]);
    const diverged = all.map(({ result }) => result?.diverged);

    expect(diverged.slice(0, 4).every((step) => step !== undefined && step > 1)).toBe(true);
    expect(diverged[0]).toBeLessThan(required(diverged[2]));
    expect(diverged.slice(4)).toEqual([undefined, undefined]);
    for (const [i, plan] of plans.entries()) {
      const [one] = await together([plan], new DevicePrograms(device));
      expect(numbersOf(all[i])).toEqual(numbersOf(one));
    }
  });

  it('are parted where they do not fit together or cannot be batched', async () => {
    const shared = { problem: classes, optimizer: gd({ rate: 0.1 }), steps: 5 };
    const plans = [
      ...plansOf({ ...shared, parameterization: linear(), seeds: [1, 2, 3, 4, 5] }),
      ...plansOf({ ...shared, parameterization: diagonal({ depth: 2 }) }),
      ...plansOf({ ...shared, parameterization: diagonal({ depth: 2 }), optimizer: gd({ rate: 0.2 }) }),
    ];
    const counts = async (limits?: { runs: number; bytes: number }) =>
      (await together(plans, new DevicePrograms(device), limits)).map(({ result }) => result?.together ?? 1);
    expect(await counts()).toEqual([5, 5, 5, 5, 5, 3, 3, 3, 3, 3, 3]);
    expect(await counts({ runs: 2, bytes: 2 ** 30 })).toEqual([2, 2, 2, 2, 1, 2, 2, 1, 2, 2, 1]);
    expect(await counts({ runs: 9, bytes: 1 })).toEqual(plans.map(() => 1));
  });

  it('stream their samples side by side', async () => {
    const plans = plansOf({ problem: classes, parameterization: linear(), optimizer: gd({ rate: 0.1 }), steps: 3 });
    const order: string[] = [];
    for await (const report of trainRuns(plans, new DevicePrograms(device))) {
      if (report && 'sample' in report) order.push(`${report.sample.step}:${report.run}`);
    }
    expect(order).toEqual(['0:0', '0:1', '0:2', '1:0', '1:1', '1:2', '2:0', '2:1', '2:2', '3:0', '3:1', '3:2']);
  });
});
