/** On Linux, WebGPU runs on Vulkan, whose loader is not part of every system. */
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';

/** Keeps a library in the process after whoever loaded it let go. */
const RTLD_NODELETE = 0x1000;

/**
 * Loads the loader that lies beside a driver which the user names (browsers bring both), so that it is found by its
 * name later. Without one, the system's is taken.
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
    // It is no module of Node's, and says so; it is loaded all the same.
  }
}
