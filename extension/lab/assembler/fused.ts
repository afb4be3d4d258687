/** Whether this WebAssembly multiplies and adds in one instruction (relaxed SIMD), rounding once. */
import { encodeModule, v128 } from './encoder.ts';

/** `f64x2.relaxed_madd`: a · b + c of the three vectors on the stack. */
export const relaxedMultiplyAdd = [0xfd, 0x87, 0x02] as const;
/** `f64x2.relaxed_nmadd`: c − a · b. */
export const relaxedMultiplySubtract = [0xfd, 0x88, 0x02] as const;

let known: boolean | null = null;

/** Cached, so that all code of a process is of the same kind. */
export function hasFusedMultiplyAdd(): boolean {
  known ??= WebAssembly.validate(
    encodeModule(
      [],
      [
        {
          parameters: [v128, v128, v128],
          results: [v128],
          locals: [],
          code: [0x20, 0, 0x20, 1, 0x20, 2, ...relaxedMultiplyAdd],
        },
      ],
    ),
  );
  return known;
}

/** Clears the cache after the host has enabled relaxed SIMD. */
export function recheck(): void {
  known = null;
}
