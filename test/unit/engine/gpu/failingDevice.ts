/** Devices that fail when they are told to. */
import type { Device, DevicePlan } from '../../../../extension/lab/compiler/gpu/device.ts';

/** A device of which every launch fails. */
export function failingDevice(reason = 'device lost'): Device {
  const plan = Object.assign(() => Promise.reject(new Error(reason)), {
    pipeline: { executorKind: 'generic', fallbackReason: null },
    destroy: async () => undefined,
  }) as DevicePlan;
  return {
    name: 'a GPU',
    isSoftware: false,
    createKernel: () => Object.assign(() => ({}), { destroy: () => undefined }) as never,
    createPipeline: () => plan,
    input: (value) => ({ value }),
  };
}

/** The device, until it has been launched so many times. */
export function losing(device: Device, launches: number): Device {
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
