/** At which times a flow is measured. */
import { MOST_SAMPLES } from '../sampling.ts';

/**
 * Times from 0 to `until`: evenly spaced at first, evenly in the logarithm later. They depend on `horizon` alone, so
 * that all flows of an experiment are measured at the same times.
 * @param horizon the longest `until` of the experiment
 */
export function sampleTimes(until: number, horizon: number, count = MOST_SAMPLES): number[] {
  const scale = Math.min(1, horizon) / 50;
  const rate = Math.log1p(horizon / scale) / (count - 1);
  const times = Array.from({ length: count }, (_, k) => (k === count - 1 ? horizon : scale * Math.expm1(rate * k)));
  const before = times.filter((time) => time < until);
  return [...before, until];
}
