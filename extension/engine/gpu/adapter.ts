/**
 * Finds a GPU: Dawn, from the package `webgpu`, gives Node a `navigator.gpu`, and GPU.js runs on it. Both are loaded on
 * the first request for the GPU, and only in the GPU thread, because they modify globals.
 */
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { isRefusal, type Refusal } from '../../lab/compiler/backend.ts';
import type { Device, DeviceInput, DeviceKernel, DevicePlan, KernelSettings } from '../../lab/compiler/gpu/device.ts';
import { preloadVulkan } from './vulkan.ts';

/** The exports of the package `webgpu`. */
interface Dawn {
  create(options: string[]): GPU;
  globals: Record<string, unknown>;
}

/** The part of WebGPU that is used here. */
interface GPU {
  requestAdapter(): Promise<{ info: AdapterInfo } | null>;
}

interface AdapterInfo {
  vendor: string;
  architecture: string;
  device: string;
  description: string;
}

/** GPU.js; its own types lack handles and kernel sources. */
interface GPUjs {
  GPU: new (settings: {
    mode: 'webgpu';
  }) => {
    createKernel(source: string, settings: KernelSettings): DeviceKernel;
    createPipeline(record: Parameters<Device['createPipeline']>[0]): DevicePlan;
  };
  input(value: Float32Array, size: number[]): DeviceInput;
}

/**
 * @param folder an additional folder in which the package `webgpu` may be installed
 * @returns a refusal if there is no usable GPU. A module that failed to load cannot be loaded again in the same thread,
 * so retrying after an installation requires a new thread.
 */
export async function findDevice(folder: string): Promise<Device | Refusal> {
  try {
    return await acquire(folder);
  } catch (error) {
    return { refusal: `the GPU failed: ${firstLine(error)}` };
  }
}

async function acquire(folder: string): Promise<Device | Refusal> {
  preloadVulkan();
  const dawn = await loadDawn(folder);
  if (isRefusal(dawn)) return dawn;
  const gpu = dawn.create([]);
  const adapter = await gpu.requestAdapter();
  if (!adapter) return { refusal: 'there is no GPU that WebGPU can use' };
  Object.assign(globalThis, dawn.globals);
  Object.defineProperty(globalThis, 'navigator', { value: { gpu }, configurable: true });
  const { GPU, input } = (await import('gpu.js')).default as unknown as GPUjs;
  const js = new GPU({ mode: 'webgpu' });
  return {
    name: nameOf(adapter.info),
    isSoftware: isSoftware(adapter.info),
    createKernel: (source, settings) => js.createKernel(source, settings),
    createPipeline: (record) => js.createPipeline(record),
    input,
  };
}

/** Loads the package from Depth Lab, or from the folder of the lab files. */
async function loadDawn(folder: string): Promise<Dawn | Refusal> {
  let reason: unknown;
  for (const find of [() => 'webgpu', () => pathToFileURL(createRequire(`${folder}/`).resolve('webgpu')).href]) {
    try {
      return (await import(find())) as Dawn;
    } catch (error) {
      // Prefer the error of a package that was found but failed to load.
      if (!reason || !isMissing(error)) reason = error;
    }
  }
  if (isMissing(reason)) return { refusal: "the package 'webgpu' is not installed (npm install webgpu)" };
  return { refusal: `the package 'webgpu' does not load: ${firstLine(reason)}` };
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND';
}

/** SwiftShader (also a fallback adapter of browsers), Mesa's llvmpipe, and WARP of Windows. */
function isSoftware({ architecture, device, description }: AdapterInfo): boolean {
  return /swiftshader|llvmpipe|lavapipe|basic render driver|\bwarp\b/i.test(`${architecture} ${device} ${description}`);
}

function nameOf({ vendor, architecture, device, description }: AdapterInfo): string {
  if (architecture === 'swiftshader') return 'SwiftShader';
  return device || description || [vendor, architecture].filter(Boolean).join(' ') || 'GPU';
}

/** The first line of an error message. */
export function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n', 1)[0] ?? '';
}
