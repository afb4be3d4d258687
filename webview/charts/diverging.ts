import type { Background } from '../palette.ts';

type Rgb = readonly [number, number, number];

/** Diverging colours: blue and orange, safe with colour blindness; zero is close to the background. */
const anchors: Record<Background, readonly Rgb[]> = {
  light: [
    [8, 64, 129],
    [67, 147, 215],
    [247, 247, 247],
    [236, 140, 50],
    [140, 60, 4],
  ],
  dark: [
    [150, 205, 255],
    [33, 113, 181],
    [38, 38, 40],
    [200, 95, 15],
    [255, 205, 130],
  ],
};

/** Colour of a value in [−1, 1] on a diverging scale, clamped at its ends. */
export function divergingColour(value: number, background: Background): Rgb {
  const stops = anchors[background];
  const place = ((Math.max(-1, Math.min(1, value)) + 1) / 2) * (stops.length - 1);
  const lower = Math.min(stops.length - 2, Math.floor(place));
  const share = place - lower;
  const mix = (channel: 0 | 1 | 2) =>
    Math.round(stops[lower][channel] + share * (stops[lower + 1][channel] - stops[lower][channel]));
  return [mix(0), mix(1), mix(2)];
}
