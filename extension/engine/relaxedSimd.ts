/** Enables relaxed SIMD (fused multiply–add) in Node versions that support it behind a flag. */
import { setFlagsFromString } from 'node:v8';
import { hasFusedMultiplyAdd, recheck } from '../lab/assembler/fused.ts';

/** V8 11.4 enables relaxed SIMD by default; in V8 11.3 of Node 20 it is complete, but behind a flag. */
const BEHIND_A_FLAG = /^11\.3\./;

export function allowRelaxedSimd(): void {
  if (hasFusedMultiplyAdd() || !BEHIND_A_FLAG.test(process.versions.v8)) return;
  setFlagsFromString('--experimental-wasm-relaxed-simd');
  recheck();
}
