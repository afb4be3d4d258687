/** Deterministic pseudo-random vectors, used as generic probes. */

/** Mixes the bits of an integer (the finalizer of MurmurHash3, Appleby 2011); between 0 and 1. */
function mixed(value: number): number {
  let x = (value + 0x9e3779b9) | 0;
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
  return ((x ^ (x >>> 16)) >>> 0) / 2 ** 32;
}

/** ±1, [n]. */
export function irregularSigns(n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => (mixed(i) < 0.5 ? -1 : 1));
}

/** Writes numbers between −1 and 1; different for each `turn`. */
export function fillIrregular(into: Float64Array, turn: number): void {
  const offset = Math.imul(turn, 0x2545f491);
  for (let i = 0; i < into.length; i++) into[i] = 2 * mixed(Math.imul(i, 0x9e3779b1) ^ offset) - 1;
}
