/** At which steps a run is measured. */

/** Samples of one curve, at most. */
export const MOST_SAMPLES = 200;

/** Parameters from which on measuring costs about as much as training: one sample for every ten steps, then. */
const LARGE = 4096;
const FEWEST_SAMPLES = 50;

/** Numbers that the snapshots of one run may carry together (320 kB), and how many snapshots there are at least. */
const SNAPSHOT_NUMBERS = 40_000;
const FEWEST_SNAPSHOTS = 8;

/**
 * At which steps a run is measured: a function of its number of steps and the size of its model alone, so that no number
 * depends on the other runs of a grid. Larger models have some of the samples of smaller ones: paths meet at common times.
 */
export function sampledSteps(steps: number, parameters: number): number[] {
  const all = sampleSteps(steps);
  const wanted = parameters < LARGE ? MOST_SAMPLES : Math.max(FEWEST_SAMPLES, Math.ceil(steps / 10));
  const stride = strideTo(wanted, all.length);
  return all.filter((_, position) => position % stride === 0 || position === all.length - 1);
}

/**
 * Whether a sample carries predictor and outputs, by its position among all of a run's.
 * @param size how many numbers it would carry
 */
export function isSnapshot(position: number, count: number, size: number): boolean {
  return position % strideTo(mostSnapshots(size), count) === 0 || position === count - 1;
}

/** Bytes that the snapshots of one run take, at most. */
export function snapshotBytes(size: number): number {
  return 8 * size * Math.min(MOST_SAMPLES, mostSnapshots(size));
}

function mostSnapshots(size: number): number {
  return Math.max(FEWEST_SNAPSHOTS, Math.floor(SNAPSHOT_NUMBERS / size));
}

/** The least power of two by which `count` positions become at most `most`: sets of different size are nested. */
function strideTo(most: number, count: number): number {
  let stride = 1;
  while (count > most * stride) stride *= 2;
  return stride;
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
  // Early steps coincide after rounding: ask for more until the wanted number is distinct.
  const more = Math.ceil(count / 10);
  const asking = (times: number) => distinctSteps(steps, count + times * more);
  let [least, most] = [0, Math.ceil((3 * count) / more) - 1];
  while (least < most) {
    const middle = Math.floor((least + most) / 2);
    if (asking(middle).length < count) least = middle + 1;
    else most = middle;
  }
  const chosen = asking(least);
  if (chosen.length <= count) return chosen;
  return Array.from({ length: count }, (_, i) => chosen[Math.round((i * (chosen.length - 1)) / (count - 1))]);
}

/** What is left of so many steps, spaced evenly in the logarithm, when they are rounded. */
function distinctSteps(steps: number, asked: number): number[] {
  const distinct = [0];
  for (let i = 1; i < asked; i++) {
    const step = i === asked - 1 ? steps : Math.round((steps + 1) ** (i / (asked - 1)) - 1);
    if (step > distinct[distinct.length - 1]) distinct.push(step);
  }
  return distinct;
}
