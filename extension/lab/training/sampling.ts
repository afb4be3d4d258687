/** Sample steps of a run. */

/** Maximum number of samples per curve. */
export const MOST_SAMPLES = 200;

/**
 * Number of parameters above which measuring costs about as much as a step: at most one sample per ten steps, but so many
 * in short runs; fewer where each takes milliseconds.
 */
const LARGE = 4096;
const FEWEST_SAMPLES = 50;
const VERY_LARGE = 65_536;
const FEWEST_OF_VERY_LARGE = 25;

/** Maximum total size of the snapshots of one run (320 kB), and minimum number of snapshots. */
const SNAPSHOT_NUMBERS = 40_000;
const FEWEST_SNAPSHOTS = 8;

/**
 * The sample steps depend only on the number of steps and the size of the model, so that no number depends on other
 * runs of the grid. Larger models use a subset of the samples of smaller ones, so that paths have common times.
 */
export function sampledSteps(steps: number, parameters: number): number[] {
  const all = sampleSteps(steps);
  const fewest = parameters < VERY_LARGE ? FEWEST_SAMPLES : FEWEST_OF_VERY_LARGE;
  const wanted = parameters < LARGE ? MOST_SAMPLES : Math.max(fewest, Math.ceil(steps / 10));
  const stride = strideTo(wanted, all.length);
  return all.filter((_, position) => position % stride === 0 || position === all.length - 1);
}

/**
 * Whether a sample includes predictor and outputs, by its position among the run's samples.
 * @param size size of the snapshot
 */
export function isSnapshot(position: number, count: number, size: number): boolean {
  return position % strideTo(mostSnapshots(size), count) === 0 || position === count - 1;
}

/** Maximum memory of the snapshots of one run, in bytes. */
export function snapshotBytes(size: number): number {
  return 8 * size * Math.min(MOST_SAMPLES, mostSnapshots(size));
}

function mostSnapshots(size: number): number {
  return Math.max(FEWEST_SNAPSHOTS, Math.floor(SNAPSHOT_NUMBERS / size));
}

/**
 * The smallest power-of-two stride that reduces `count` positions to at most `most`, so that sets of different size are
 * nested.
 */
function strideTo(most: number, count: number): number {
  let stride = 1;
  while (count > most * stride) stride *= 2;
  return stride;
}

/**
 * Ascending steps from 0 to `steps`, logarithmically spaced: every step at first, then fewer and fewer.
 * @param count maximum number of steps
 */
export function sampleSteps(steps: number, count = MOST_SAMPLES): readonly number[] {
  const key = `${steps} ${count}`;
  const known = spacings.get(key) ?? space(steps, count);
  spacings.clear(); // the runs of a grid use the same spacing
  spacings.set(key, known);
  return known;
}

const spacings = new Map<string, readonly number[]>();

function space(steps: number, count: number): number[] {
  if (steps + 1 <= count) return Array.from({ length: steps + 1 }, (_, i) => i);
  // Early steps coincide after rounding: increase the count until the requested number is distinct.
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

/** The distinct values of logarithmically spaced steps after rounding. */
function distinctSteps(steps: number, asked: number): number[] {
  const distinct = [0];
  for (let i = 1; i < asked; i++) {
    const step = i === asked - 1 ? steps : Math.round((steps + 1) ** (i / (asked - 1)) - 1);
    if (step > distinct[distinct.length - 1]) distinct.push(step);
  }
  return distinct;
}
