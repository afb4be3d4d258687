import { describe, expect, it } from 'vitest';
import { trainRuns } from '../../../../../extension/engine/gpu/batch/trainRuns.ts';
import { DevicePrograms } from '../../../../../extension/lab/compiler/gpu/module.ts';
import { diagonal, gd, linear, ngd, separable } from '../../../../../extension/lab/index.ts';
import { required } from '../../../required.ts';
import { alone, plansOf } from '../runs.ts';
import { hasSoftwareDevice, softwareDevice } from '../softwareDevice.ts';

interface Destroyable {
  destroy(): void;
}

/** Every device that is asked for from now on, as WebGPU knows it. */
function watchDevices(): Destroyable[] {
  const devices: Destroyable[] = [];
  const { gpu } = navigator as unknown as { gpu: { requestAdapter(): Promise<Record<string, unknown>> } };
  const requestAdapter = gpu.requestAdapter.bind(gpu);
  gpu.requestAdapter = async () => {
    const adapter = await requestAdapter();
    const requestDevice = (adapter.requestDevice as (options: object) => Promise<Destroyable>).bind(adapter);
    adapter.requestDevice = async (options: object) => {
      const device = await requestDevice(options);
      devices.push(device);
      return device;
    };
    return adapter;
  };
  return devices;
}

describe.skipIf(!hasSoftwareDevice)('a GPU that is pulled out', { timeout: 60_000 }, () => {
  it('costs no run, and is taken again where it comes back', async () => {
    const programs = new DevicePrograms(await softwareDevice());
    const devices = watchDevices();
    const problem = separable({ dimension: 8, train: 6, test: 20 });
    const plans = [
      ...plansOf({ problem, parameterization: diagonal({ depth: 2 }), optimizer: gd({ rate: 0.1 }), steps: 60 }),
      ...plansOf({ problem, parameterization: linear(), optimizer: ngd({ rate: 0.05 }), steps: 60, seeds: [1] }),
    ];
    const ends: (string | undefined)[] = [];
    for await (const report of trainRuns(plans, programs)) {
      if (report === null) continue;
      if ('sample' in report && report.sample.step === 10 && report.run === 0) {
        expect(devices).toHaveLength(1);
        devices[0].destroy();
      }
      if ('result' in report) {
        const { engine, steps, movedToCpu, predictor } = report.result;
        expect(steps).toBe(60);
        ends[report.run] = `${engine} to ${movedToCpu?.step}: ${movedToCpu?.reason}`;
        const expected = alone(plans[report.run]).result.predictor;
        required(expected).forEach((value, k) => {
          expect(predictor?.[k]).toBeCloseTo(value, 4);
        });
      }
    }
    expect(ends).toHaveLength(4);
    for (const end of ends.slice(0, 3)) expect(end).toMatch(/^gpu to [1-9]\d*: the GPU failed: .*lost/);
    expect(ends[3]).toBe('gpu to undefined: undefined');
    expect(devices).toHaveLength(2);
  });
});
