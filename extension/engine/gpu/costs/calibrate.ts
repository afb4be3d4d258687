import { DevicePrograms } from '../../../lab/compiler/gpu/module.ts';
import { acquireDevice } from '../adapter.ts';
import { Declined } from '../cardProtocol.ts';
import { measureCard, measureCpu } from './measure.ts';
import { type CostTable, machineName } from './table.ts';

/**
 * Measures this machine, and its graphics card where there is one.
 * @param folder where the package `webgpu` may be installed, too
 */
export async function calibrate(folder: string): Promise<CostTable> {
  const measured = { version: 1 as const, machine: machineName(), cpu: measureCpu() };
  try {
    const device = await acquireDevice(folder);
    const rates = await measureCard(new DevicePrograms(device));
    return { ...measured, card: { name: device.name, isSoftware: device.isSoftware, rates }, reason: null };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const reason = error instanceof Declined ? message : `the graphics card failed: ${message.split('\n', 1)[0]}`;
    return { ...measured, card: null, reason };
  }
}
