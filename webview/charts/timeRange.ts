import type { Range } from '../plot/ranges.ts';
import type { ChartInput } from './input.ts';

/**
 * The range of the time axis: from the first place that it can show to the last, or to the planned end, so that the frame
 * does not change while curves grow.
 */
export function timeRange({ grid, time }: ChartInput, columns: readonly ArrayLike<number>[]): Range {
  let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const column of columns) {
    for (let i = 0; i < column.length; i++) {
      const at = column[i]!;
      if (time.isLog && !(at > 0)) continue;
      if (at < first) first = at;
      if (at > last) last = at;
    }
  }
  const planned = time.abscissa === 'step' ? grid.steps : null;
  if (planned !== null && planned > last) last = planned;
  if (!(first < last)) return time.isLog ? [1, 10] : [0, 1];
  return [first, last];
}
