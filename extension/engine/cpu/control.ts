/**
 * What the threads of a team share besides the memory of their program. A round is open while its generation is odd. A
 * thread that wants to help is first counted as active and then looks whether the round is open; who closes a round waits
 * until nobody is active. So nobody meets a round that is being prepared, and nobody is waited for who has not begun. A
 * thread that fails says so, because parts of its may be missing.
 */

/** Positions of 32-bit integers. */
export const Control = {
  generation: 0,
  active: 1,
  next: 2,
  failed: 3,
  program: 4,
  fn: 5,
  argument: 6,
  rows: 7,
  height: 8,
} as const;

/** How many integers there are. */
export const CONTROL_LENGTH = 9;

/** A function of shared work: a number for all parts, the first row of a part, and its end. */
export type Part = (argument: number, first: number, end: number) => void;

/** Computes parts of the round until none is left: the last rows first, since those of a triangle are the longest. */
export function workOff(control: Int32Array, part: Part): void {
  const argument = control[Control.argument]!;
  const rows = control[Control.rows]!;
  const height = control[Control.height]!;
  for (;;) {
    const left = Math.ceil(rows / height) - Atomics.add(control, Control.next, 1);
    if (left <= 0) return;
    const first = (left - 1) * height;
    part(argument, first, Math.min(rows, first + height));
  }
}
