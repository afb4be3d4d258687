/** Sample times of a flow. */
import { MOST_SAMPLES } from '../sampling.ts';

/** Times from 0 to `until`: evenly spaced at first, evenly in the logarithm later; a function of `until` alone. */
export function sampleTimes(until: number, count = MOST_SAMPLES): number[] {
  const scale = Math.min(1, until) / 50;
  const rate = Math.log1p(until / scale) / (count - 1);
  return Array.from({ length: count }, (_, k) => (k === count - 1 ? until : scale * Math.expm1(rate * k)));
}
