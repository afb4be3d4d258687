/** The records of the processes that are killed. */

/** Kinds of records that a pruning keeps and removes. */
export const KEPT = 'kept';
export const REMOVED = 'removed';

export const key = (number: number): string => number.toString(16).padStart(64, '0');

/** Up to 20 kB that only the record of this number has; every third can be compressed. */
export function payload(number: number): Uint8Array {
  let state = (number * 2654435761 + 1) >>> 0;
  const next = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0);
  const length = next() % 20_000;
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i++) bytes[i] = number % 3 === 0 ? (number + (i >> 6)) & 0xff : next() >>> 24;
  return bytes;
}
