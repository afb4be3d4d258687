import { isRefusal, type Refusal } from '../../../lab/compiler/backend.ts';
import type { Device } from '../../../lab/compiler/gpu/device.ts';
import { DevicePrograms } from '../../../lab/compiler/gpu/module.ts';
import { firstLine } from '../adapter.ts';
import { measureCpu, measureGpu } from './measure.ts';
import { type CostTable, machineName, VERSION } from './table.ts';

/** Measures this machine and its GPU, if any. */
export async function calibrate(device: Device | Refusal): Promise<CostTable> {
  const measured: Omit<CostTable, 'gpu' | 'reason'> = { version: VERSION, machine: machineName(), cpu: measureCpu() };
  if (isRefusal(device)) return { ...measured, gpu: null, reason: device.refusal };
  try {
    const rates = await measureGpu(new DevicePrograms(device));
    return { ...measured, gpu: { name: device.name, isSoftware: device.isSoftware, rates }, reason: null };
  } catch (error) {
    return { ...measured, gpu: null, reason: `the GPU failed: ${firstLine(error)}` };
  }
}
