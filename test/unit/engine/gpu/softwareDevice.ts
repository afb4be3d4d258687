/** A GPU made of software: SwiftShader, as Debian's chromium brings it. Slow, correct, and there everywhere. */
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { findDevice } from '../../../../extension/engine/gpu/adapter.ts';
import { isRefusal } from '../../../../extension/lab/compiler/backend.ts';
import type { Device } from '../../../../extension/lab/compiler/gpu/device.ts';

const driver = '/usr/lib/chromium/vk_swiftshader_icd.json';

export const hasSoftwareDevice = existsSync(driver);

/** The environment of a process that sees this device alone, or none. */
export const withDevice = { VK_ICD_FILENAMES: driver, VK_DRIVER_FILES: driver };
export const withoutDevice = { VK_ICD_FILENAMES: '/nowhere.json', VK_DRIVER_FILES: '/nowhere.json' };

/** The device, in this process. */
export async function softwareDevice(): Promise<Device> {
  Object.assign(process.env, withDevice);
  const device = await findDevice(tmpdir());
  if (isRefusal(device)) throw new Error(device.refusal);
  return device;
}
