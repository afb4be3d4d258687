import { beforeAll, describe, expect, it } from 'vitest';
import type { Device } from '../../../../../extension/lab/compiler/gpu/device.ts';
import { DevicePrograms } from '../../../../../extension/lab/compiler/gpu/module.ts';
import { diagonal, gd, linear, matrixCompletion, separable } from '../../../../../extension/lab/index.ts';
import { required } from '../../../required.ts';
import { failingDevice, losing } from '../failingDevice.ts';
import { alone, plansOf, together } from '../runs.ts';
import { hasSoftwareDevice, softwareDevice } from '../softwareDevice.ts';

const completion = matrixCompletion({ rows: 4, columns: 4, rank: 1, observed: 0.5 });

let device: Device;

beforeAll(async () => {
  if (hasSoftwareDevice) device = await softwareDevice();
});

describe('a GPU that fails', () => {
  it('before its first step, leaves the whole run to the CPU', async () => {
    const plans = plansOf({
      problem: completion,
      parameterization: linear(),
      optimizer: gd({ rate: 0.5 }),
      steps: 50,
      seeds: [1, 2],
    });
    const outcomes = await together(plans, new DevicePrograms(failingDevice('device lost\nsomewhere')));
    outcomes.forEach(({ result }, i) => {
      expect(result).toMatchObject({
        engine: 'cpu',
        device: 'simd',
        steps: 50,
        fallback: 'the GPU failed: device lost',
      });
      expect(result?.predictor).toEqual(required(alone(plans[i]).result.predictor));
    });
  });

  it.skipIf(!hasSoftwareDevice).each([[1], [7]])('after %i launches costs no finished run', async (launches) => {
    const shared = { problem: separable({ dimension: 5, train: 9, test: 20 }), steps: 30 };
    const plans = [
      ...plansOf({ ...shared, steps: 1, parameterization: linear(), optimizer: gd({ rate: 0.1 }) }),
      ...plansOf({ ...shared, parameterization: diagonal({ depth: 2 }), optimizer: gd({ rate: 0.1, batch: 4 }) }),
      ...plansOf({ ...shared, parameterization: diagonal({ depth: 3 }), optimizer: gd({ rate: 0.1 }) }),
    ];
    const programs = new DevicePrograms(losing(device, launches));
    const outcomes = await together(plans, programs);
    const reason = 'the GPU failed: device lost';
    outcomes.slice(0, 3).forEach(({ result }) => {
      expect(result?.engine).toBe('gpu');
    });
    outcomes.slice(3, 6).forEach(({ result, samples }, i) => {
      expect(result?.steps).toBe(30);
      if (launches === 1) expect(result).toMatchObject({ engine: 'cpu', device: 'simd', fallback: reason });
      else {
        // Six launches of one step each, for batches are fed: the rest is the CPU's, and the result says so.
        expect(result).toMatchObject({
          engine: 'gpu',
          device: 'SwiftShader · WebGPU · float32',
          together: 3,
          movedToCpu: { step: 6, reason },
        });
        expect(required(result).fallback).toBeUndefined();
      }
      const expected = alone(plans[3 + i]);
      expect(samples.map(({ step }) => step)).toEqual(expected.samples.map(({ step }) => step));
      required(expected.result.predictor).forEach((value, k) => {
        expect(result?.predictor?.[k]).toBeCloseTo(value, 4);
      });
    });
    // Nothing of these has been done: whoever asked has all threads of the CPU for them.
    expect(outcomes.slice(6).map(({ refusal }) => refusal)).toEqual([reason, reason, reason]);
  });

  it.skipIf(!hasSoftwareDevice)('in the middle, refuses what the CPU repeats in float64', async () => {
    const plans = plansOf({
      problem: separable({ dimension: 5, train: 9, test: 20 }),
      parameterization: diagonal({ depth: 2 }),
      optimizer: gd({ rate: 0.1, batch: 4 }),
      steps: 30,
    }).map((plan, i) => ({ ...plan, isRepeated: i === 0 }));
    const [repeated, ...others] = await together(plans, new DevicePrograms(losing(device, 6)));
    expect(repeated).toMatchObject({ result: null, refusal: 'the GPU failed: device lost' });
    expect(repeated.samples.at(-1)?.step).toBe(6);
    expect(others).toHaveLength(2);
    for (const { result } of others) expect(result?.movedToCpu?.step).toBe(6);
  });

  it.skipIf(!hasSoftwareDevice)('is told from the step at which each run went over', async () => {
    // Plans of several steps: the first of 1, then 4 and more as the pace allows.
    const plans = plansOf({
      problem: completion,
      parameterization: linear(),
      optimizer: gd({ rate: 0.5 }),
      steps: 40,
      seeds: [1, 2],
    });
    const outcomes = await together(plans, new DevicePrograms(losing(device, 3)));
    expect(outcomes).toHaveLength(2);
    for (const { result, samples } of outcomes) {
      const step = required(result?.movedToCpu?.step);
      expect(step).toBeGreaterThanOrEqual(3);
      expect(step).toBeLessThan(40);
      expect(samples.at(-1)?.step).toBe(40);
    }
  });
});
