/** Lets WebAssembly multiply and add in one instruction where Node knows how, but waits to be told. */
import { setFlagsFromString } from 'node:v8';
import { hasFusedMultiplyAdd, recheck } from '../lab/compiler/wasm/fused.ts';

/** Relaxed SIMD came with V8 11.4; Node 20 has 11.3, and there it is complete behind a flag. */
const BEHIND_A_FLAG = /^11\.3\./;

export function allowRelaxedSimd(): void {
  if (hasFusedMultiplyAdd() || !BEHIND_A_FLAG.test(process.versions.v8)) return;
  setFlagsFromString('--experimental-wasm-relaxed-simd');
  recheck();
}
