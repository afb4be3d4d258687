/** Strides between labelled decades. */
const strides = [1, 2, 3, 5, 10, 20, 50, 100];

const clean = (value: number): number => Number(value.toPrecision(12));

/**
 * Ticks of a logarithmic axis: decades, with a stride if there are many, and 1, 2, 5 within them if there are few.
 * Never more than `limit`.
 */
export function logTicks(min: number, max: number, limit = 7): number[] {
  if (!(min > 0) || !(max >= min)) return [];
  const inside = (value: number) => value >= min * (1 - 1e-9) && value <= max * (1 + 1e-9);
  const lowest = Math.floor(Math.log10(min) + 1e-9);
  const highest = Math.ceil(Math.log10(max) - 1e-9);
  const decades = Array.from({ length: highest - lowest + 1 }, (_, i) => lowest + i);
  const at = (factors: number[]) =>
    decades.flatMap((decade) => factors.map((factor) => clean(factor * 10 ** decade))).filter(inside);
  const whole = at([1]);
  if (whole.length >= 3) {
    const stride = strides.find((one) => whole.length / one <= limit) ?? Math.ceil(whole.length / limit);
    return decades
      .filter((decade) => decade % stride === 0)
      .map((decade) => clean(10 ** decade))
      .filter(inside);
  }
  const finer = [
    [1, 2, 3, 4, 5, 6, 7, 8, 9],
    [1, 2, 3, 5, 7],
    [1, 2, 5],
    [1, 3],
  ].map(at);
  return finer.find((ticks) => ticks.length <= limit && ticks.length >= 2) ?? whole;
}
