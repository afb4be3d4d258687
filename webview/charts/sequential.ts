type Rgb = readonly [number, number, number];

/** The colour map viridis (van der Walt and Smith 2015) at even distances: readable without red and green, and in grey. */
const anchors: readonly Rgb[] = [
  [68, 1, 84],
  [72, 40, 120],
  [62, 74, 137],
  [49, 104, 142],
  [38, 130, 142],
  [31, 158, 137],
  [53, 183, 121],
  [110, 206, 88],
  [181, 222, 43],
  [253, 231, 37],
];

/** The colour of a share from 0 to 1, clamped at its ends. */
export function sequentialColour(share: number): Rgb {
  const place = Math.max(0, Math.min(1, share)) * (anchors.length - 1);
  const lower = Math.min(anchors.length - 2, Math.floor(place));
  const [from, to] = [anchors[lower]!, anchors[lower + 1]!];
  const mix = (channel: 0 | 1 | 2) => Math.round(from[channel] + (place - lower) * (to[channel] - from[channel]));
  return [mix(0), mix(1), mix(2)];
}

/** Whether letters on a colour are dark. */
export const isBright = ([red, green, blue]: Rgb): boolean => 0.299 * red + 0.587 * green + 0.114 * blue > 140;
