import { describe, expect, it } from 'vitest';
import type { Device, DevicePlan } from '../../../extension/lab/compiler/gpu/device.ts';
import { DevicePrograms } from '../../../extension/lab/compiler/gpu/module.ts';
import { readTextOnly } from '../../../extension/lab/compiler/source/functionSource.ts';
import { linear, matrixCompletion } from '../../../extension/lab/index.ts';
import { gd } from '../../../extension/lab/optimizers/gd.ts';
import { buildPredictor } from '../../../extension/lab/parameterizations/build.ts';
import { type RunPlan, train, trainOnGpu } from '../../../extension/lab/training/run.ts';

/** A device on which the plans do what they are told to. */
function deviceWith(run: () => Promise<ArrayLike<number>[]>): Device {
  const plan = Object.assign(run, {
    pipeline: { executorKind: 'generic', fallbackReason: null },
    destroy: async () => undefined,
  }) as DevicePlan;
  return {
    name: 'a card',
    createKernel: () => Object.assign(() => ({}), { destroy: () => undefined }) as never,
    createPipeline: () => plan,
    input: (value) => ({ value }),
  };
}

const problem = matrixCompletion({ rows: 4, columns: 4, rank: 1, observed: 0.5 });
const plan = {
  identity: { id: 0, point: null, parameterization: 'linear', optimizer: 'GD', seed: 1 },
  problem,
  program: buildPredictor(linear(), problem, readTextOnly),
  optimizer: gd({ rate: 0.5 }),
  steps: 50,
  horizon: 0,
  snapshots: 10,
} as RunPlan;

describe('a graphics card that fails', () => {
  it('leaves the run to the processor, which goes on where it stood', async () => {
    const run = trainOnGpu(
      plan,
      new DevicePrograms(deviceWith(() => Promise.reject(new Error('device lost\nsomewhere')))),
    );
    let next = await run.next();
    while (!next.done) next = await run.next();
    const alone = train(plan);
    let expected = alone.next();
    while (!expected.done) expected = alone.next();
    expect(next.value).toMatchObject({
      engine: 'cpu',
      device: 'simd',
      steps: 50,
      fallback: 'the graphics card failed: device lost',
    });
    expect(next.value.predictor).toEqual(expected.value.predictor);
  });
});
