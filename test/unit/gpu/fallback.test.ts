import { beforeAll, describe, expect, it } from 'vitest';
import type { Device, DevicePlan } from '../../../extension/lab/compiler/gpu/device.ts';
import { DevicePrograms } from '../../../extension/lab/compiler/gpu/module.ts';
import { diagonal, gd, linear, matrixCompletion, separable } from '../../../extension/lab/index.ts';
import { alone, plansOf, together } from './runs.ts';
import { hasSoftwareDevice, softwareDevice } from './softwareDevice.ts';

/** A device on which the plans do what they are told to. */
function deviceWith(run: () => Promise<ArrayLike<number>[]>): Device {
  const plan = Object.assign(run, {
    pipeline: { executorKind: 'generic', fallbackReason: null },
    destroy: async () => undefined,
  }) as DevicePlan;
  return {
    name: 'a card',
    isSoftware: false,
    createKernel: () => Object.assign(() => ({}), { destroy: () => undefined }) as never,
    createPipeline: () => plan,
    input: (value) => ({ value }),
  };
}

/** The device, until it has been launched so many times. */
function losing(device: Device, launches: number): Device {
  let left = launches;
  const createPipeline: Device['createPipeline'] = (record) => {
    const plan = device.createPipeline(record);
    const run: DevicePlan = Object.assign(
      (...inputs: Parameters<DevicePlan>) => (left-- > 0 ? plan(...inputs) : Promise.reject(new Error('device lost'))),
      { pipeline: plan.pipeline, destroy: () => plan.destroy() },
    );
    return run;
  };
  return { ...device, createPipeline };
}

const completion = matrixCompletion({ rows: 4, columns: 4, rank: 1, observed: 0.5 });

let device: Device;

beforeAll(async () => {
  if (hasSoftwareDevice) device = await softwareDevice();
});

describe('a graphics card that fails', () => {
  it('leaves the run to the processor, which goes on where it stood', async () => {
    const plans = plansOf({
      problem: completion,
      parameterization: linear(),
      optimizer: gd({ rate: 0.5 }),
      steps: 50,
      seeds: [1, 2],
    });
    const card = deviceWith(() => Promise.reject(new Error('device lost\nsomewhere')));
    const outcomes = await together(plans, new DevicePrograms(card));
    outcomes.forEach(({ result }, i) => {
      expect(result).toMatchObject({
        engine: 'cpu',
        device: 'simd',
        steps: 50,
        fallback: 'the graphics card failed: device lost',
      });
      expect(result?.predictor).toEqual(alone(plans[i]).result.predictor);
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
    const reason = 'the graphics card failed: device lost';
    outcomes.slice(0, 3).forEach(({ result }) => {
      expect(result?.engine).toBe('gpu');
    });
    outcomes.slice(3, 6).forEach(({ result, samples }, i) => {
      expect(result).toMatchObject({ engine: 'cpu', steps: 30, fallback: reason });
      const expected = alone(plans[3 + i]);
      expect(samples.map(({ step }) => step)).toEqual(expected.samples.map(({ step }) => step));
      expected.result.predictor?.forEach((value, k) => {
        expect(result?.predictor?.[k]).toBeCloseTo(value, 4);
      });
    });
    // Nothing of these has been done: whoever asked has all processors for them.
    expect(outcomes.slice(6).map(({ refusal }) => refusal)).toEqual([reason, reason, reason]);
  });
});
