/** At which steps a run is measured. */

/** Samples of one curve, at most. */
export const MOST_SAMPLES = 200;

/** Parameters from which on measuring costs about as much as training. */
const LARGE = 4096;
const FEWEST_SAMPLES = 50;

/** How many samples a run of so many steps gets: of a large model, one for every ten steps. */
export function sampleCount(steps: number, parameters: number): number {
  return parameters < LARGE ? MOST_SAMPLES : Math.max(FEWEST_SAMPLES, Math.min(MOST_SAMPLES, Math.ceil(steps / 10)));
}

/**
 * Ascending steps from 0 to `steps`, spaced evenly in the logarithm: every step at first, then ever fewer.
 * @param count at most so many
 */
export function sampleSteps(steps: number, count = MOST_SAMPLES): readonly number[] {
  const key = `${steps} ${count}`;
  const known = spacings.get(key) ?? space(steps, count);
  spacings.clear(); // the runs of a grid ask for one spacing, one after the other
  spacings.set(key, known);
  return known;
}

const spacings = new Map<string, readonly number[]>();

function space(steps: number, count: number): number[] {
  if (steps + 1 <= count) return Array.from({ length: steps + 1 }, (_, i) => i);
  const chosen = new Set([0, steps]);
  // Early steps coincide after rounding: ask for more until the wanted number is distinct.
  for (let asked = count; chosen.size < count && asked < 4 * count; asked += Math.ceil(count / 10)) {
    chosen.clear();
    chosen.add(0);
    for (let i = 0; i < asked; i++) chosen.add(Math.round((steps + 1) ** (i / (asked - 1)) - 1));
    chosen.add(steps);
    if (chosen.size > count) break;
  }
  const sorted = [...chosen].sort((a, b) => a - b);
  if (sorted.length <= count) return sorted;
  return Array.from({ length: count }, (_, i) => sorted[Math.round((i * (sorted.length - 1)) / (count - 1))]);
}
