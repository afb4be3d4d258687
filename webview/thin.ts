/**
 * Chooses which points of a curve to draw: about `limit` at most, evenly spaced along the axis. The lowest and highest
 * point of each stretch are kept, so that no spike is lost, and so are the ends. (Chart.js decimates linear axes only.)
 *
 * @returns ascending indices into `x`
 */
export function thin(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  limit: number,
  scale: 'linear' | 'log' = 'linear',
): number[] {
  const shown = Array.from({ length: x.length }, (_, i) => i).filter((i) => scale === 'linear' || x[i] > 0);
  if (shown.length <= limit) return shown;
  const place = (i: number) => (scale === 'log' ? Math.log(x[i]) : x[i]);
  const first = shown[0];
  const last = shown[shown.length - 1];
  const stretches = Math.max(1, Math.floor((limit - 2) / 2));
  const width = (place(last) - place(first)) / stretches;
  const kept = new Set([first, last]);
  let stretch = -1;
  let lowest = first;
  let highest = first;
  for (const i of shown) {
    const here = Math.min(stretches - 1, Math.floor((place(i) - place(first)) / width));
    if (here !== stretch) {
      kept.add(lowest).add(highest);
      stretch = here;
      lowest = highest = i;
    }
    if (y[i] < y[lowest]) lowest = i;
    if (y[i] > y[highest]) highest = i;
  }
  kept.add(lowest).add(highest);
  return [...kept].sort((a, b) => a - b);
}
