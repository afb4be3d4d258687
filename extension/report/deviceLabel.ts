/** User-facing names of what computed a run. */
import type { RunResult } from '../lab/results.ts';

/** The backends of the CPU, by the names that results carry. */
const CPU_BACKENDS: Readonly<Record<string, string>> = {
  native: 'compiled C',
  simd: 'WebAssembly SIMD',
  javascript: 'JavaScript',
};

/** `WebAssembly SIMD`, `JavaScript`, or the name of the GPU. */
export const backendLabel = (device: string): string => CPU_BACKENDS[device] ?? device;

/** For example `CPU · float64 (WebAssembly SIMD)`, or the GPU's name and precision. */
export function deviceLabel({ engine, device }: Pick<RunResult, 'engine' | 'device'>): string {
  return engine === 'cpu' ? `CPU · float64 (${backendLabel(device)})` : device;
}
