/** On Linux, WebGPU requires the Vulkan loader, which is not installed on every system. */
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';

/** Keeps a library loaded after `dlclose`. */
const RTLD_NODELETE = 0x1000;

/**
 * Preloads the Vulkan loader next to a user-specified driver (browsers ship both), so that it is later found by name.
 * Otherwise the system's loader is used.
 */
export function preloadVulkan(): void {
  if (process.platform !== 'linux') return;
  const named = process.env.VK_DRIVER_FILES ?? process.env.VK_ICD_FILENAMES;
  if (!named) return;
  const [driver = ''] = named.split(path.delimiter);
  const loader = path.join(path.dirname(driver), 'libvulkan.so.1');
  if (!existsSync(loader)) return;
  try {
    process.dlopen({ exports: {} }, loader, constants.dlopen.RTLD_NOW | RTLD_NODELETE);
  } catch {
    // Node reports that it is not a native module, but the library is loaded nevertheless.
  }
}
