/** Correctly rounded values of tanh, from which those between them are computed. */

/** Steps of the table in an interval of length 1. */
export const TANH_STEPS = 32;
/** From here on, tanh is 1 in float64. */
export const TANH_END = 20;
/** A power of two; behind {@link TANH_END} there are zeros. */
export const TANH_LENGTH = 1024;

/** Bits behind the binary point of the numbers below. */
const BITS = 128n;
const ONE = 1n << BITS;

let table: Float64Array | null = null;

/** tanh(k / {@link TANH_STEPS}) and behind each value its rounding error, [{@link TANH_LENGTH}, 2]. */
export function tanhTable(): Float64Array {
  table ??= computed();
  return table;
}

/** (e^{2x} − 1) / (e^{2x} + 1), where e^{2x} is a power of e^{2 / steps}, in fixed-point numbers. */
function computed(): Float64Array {
  const factor = exponential(2n, BigInt(TANH_STEPS));
  const values = new Float64Array(2 * TANH_LENGTH);
  let power = ONE;
  for (let k = 0; k <= TANH_END * TANH_STEPS; k++) {
    const exact = ((power - ONE) << BITS) / (power + ONE);
    const rounded = Number(exact);
    values[2 * k] = rounded / Number(ONE);
    values[2 * k + 1] = Number(exact - BigInt(rounded)) / Number(ONE);
    power = (power * factor) >> BITS;
  }
  return values;
}

/** e^{a/b}, by its series. */
function exponential(a: bigint, b: bigint): bigint {
  let [sum, term] = [ONE, ONE];
  for (let n = 1n; term > 0n; n++) {
    term = (term * a) / (b * n);
    sum += term;
  }
  return sum;
}
